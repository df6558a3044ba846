// Relu and Sigmoid: what they let through, and how much of dout comes back.
import { Relu, Sigmoid, tensor, toNestedArray } from "@gradloom/core";

const x = tensor(
  [
    [1, -0.5],
    [-2, 3],
  ],
  "float64",
);
const dout = tensor(
  [
    [1, 1],
    [1, 1],
  ],
  "float64",
);

const relu = new Relu();
console.log("relu", toNestedArray(relu.forward(x)));
console.log("mask", toNestedArray(relu.mask)); // 1: switched off
console.log("dx  ", toNestedArray(relu.backward(dout)));

const sigmoid = new Sigmoid();
console.log("sigmoid", toNestedArray(sigmoid.forward(x)));
console.log("dx     ", toNestedArray(sigmoid.backward(dout)));
