// Two apples and three oranges, with tax: what the purchase costs, and how much each number of it matters.
import { AddLayer, MulLayer } from "@gradloom/core";

const mulApple = new MulLayer();
const mulOrange = new MulLayer();
const addFruit = new AddLayer();
const mulTax = new MulLayer();

// Forward: from the prices to the total.
const applePrice = mulApple.forward(100, 2);
const orangePrice = mulOrange.forward(150, 3);
const fruitPrice = addFruit.forward(applePrice, orangePrice);
const total = mulTax.forward(fruitPrice, 1.1);
console.log("total", total);

// Backward: the same nodes, last one first. It begins with 1: the total grows with itself one to one.
const [dFruitPrice, dTax] = mulTax.backward(1);
const [dApplePrice, dOrangePrice] = addFruit.backward(dFruitPrice);
const [dOrange, dOrangeNum] = mulOrange.backward(dOrangePrice);
const [dApple, dAppleNum] = mulApple.backward(dApplePrice);
console.log("one more apple", dAppleNum, "- one more orange", dOrangeNum);
console.log("apples dearer by 1", dApple, "- oranges dearer by 1", dOrange);
console.log("tax", dTax);
