// AddLayer and MulLayer: apples and oranges of the book's section 5.4, and the same on tensors.
import { expect, test } from "vitest";
import { AddLayer, CallOrderError, DtypeError, MulLayer, ShapeError, toNestedArray } from "../src/index.ts";
import { f64, unchangedBy } from "./arrays.ts";

test("two apples with tax cost 220.00000000000003, and backward gives every price's share", () => {
  const mulApple = new MulLayer();
  const mulTax = new MulLayer();
  const price = mulTax.forward(mulApple.forward(100, 2), 1.1);
  expect(price).toBe(220.00000000000003);

  const [dApplePrice, dTax] = mulTax.backward(1);
  const [dApple, dAppleNum] = mulApple.backward(dApplePrice);
  expect([dApple, dAppleNum, dTax]).toEqual([2.2, 110.00000000000001, 200]);
});

test("apples and oranges cost 715.0000000000001, and backward passes through the addition", () => {
  const [mulApple, mulOrange, add, mulTax] = [new MulLayer(), new MulLayer(), new AddLayer(), new MulLayer()];
  const applePrice = mulApple.forward(100, 2);
  const orangePrice = mulOrange.forward(150, 3);
  expect(mulTax.forward(add.forward(applePrice, orangePrice), 1.1)).toBe(715.0000000000001);

  const [dAll, dTax] = mulTax.backward(1);
  const [dApplePrice, dOrangePrice] = add.backward(dAll);
  const [dOrange, dOrangeNum] = mulOrange.backward(dOrangePrice);
  const [dApple, dAppleNum] = mulApple.backward(dApplePrice);
  expect(dTax).toBe(650);
  expect([dAppleNum, dApple]).toEqual([110.00000000000001, 2.2]);
  expect([dOrange, dOrangeNum]).toEqual([3.3000000000000003, 165.0]);
});

test("on tensors both layers work element by element and write to no input", () => {
  const x = f64([[1, 2, 3]]);
  const y = f64([[4], [5], [6]]).transpose(1, 0);
  const dout = f64([[1, 10, 100]]);
  unchangedBy([x, y, dout], () => {
    const mul = new MulLayer();
    expect(toNestedArray(mul.forward(x, y))).toEqual([[4, 10, 18]]);
    expect(mul.backward(dout).map(toNestedArray)).toEqual([[[4, 50, 600]], [[1, 20, 300]]]);
    const add = new AddLayer();
    expect(toNestedArray(add.forward(x, y))).toEqual([[5, 7, 9]]);
    const [dx, dy] = add.backward(dout);
    expect([dx, dy].map(toNestedArray)).toEqual([[[1, 10, 100]], [[1, 10, 100]]]);
    expect(dx.data).not.toBe(dout.data);
  });
});

test("operands that do not go together are refused with both shapes", () => {
  expect(() => new AddLayer().forward(f64([1, 2]), f64([1, 2, 3]))).toThrow(ShapeError);
  expect(() => new AddLayer().forward(f64([1, 2]), f64([1, 2, 3]))).toThrow(/\(2,\).*\(3,\)/);
  const mul = new MulLayer();
  mul.forward(f64([1, 2]), f64([3, 4]));
  expect(() => mul.backward(1)).toThrow(DtypeError);
});

test("MulLayer.backward before forward says which call is missing", () => {
  expect(() => new MulLayer().backward(1)).toThrow(CallOrderError);
  expect(() => new MulLayer().backward(1)).toThrow(/Call forward first/);
});
