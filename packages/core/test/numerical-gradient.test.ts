// numericalGradient: the book's numbers, exact restoration, float64 only.
import { expect, test } from "vitest";
import {
  DtypeError,
  numericalGradient,
  type Tensor,
  tensor,
  toNestedArray,
  ValueError,
} from "../src/index.ts";
import { f64, unchangedBy, waves } from "./arrays.ts";

function sumOfSquares(x: Tensor): number {
  return x.get(0) * x.get(0) + x.get(1) * x.get(1);
}

test("of x0² + x1² it gives the book's numbers, digit for digit", () => {
  expect(toNestedArray(numericalGradient(sumOfSquares, f64([3, 4])))).toEqual([
    6.00000000000378, 7.999999999999119,
  ]);
  expect(toNestedArray(numericalGradient(sumOfSquares, f64([0, 2])))).toEqual([0, 4.000000000004]);
});

test("x is put back to the last bit, whatever its strides, also when f throws", () => {
  const x = waves([4, 3]).transpose(1, 0);
  const gradient = unchangedBy([x], () => numericalGradient((v) => v.get(2, 1) * v.get(0, 3), x));
  expect(gradient.shape).toEqual([3, 4]);
  expect(gradient.get(2, 1)).toBeCloseTo(x.get(0, 3), 10);
  expect(gradient.get(0, 3)).toBeCloseTo(x.get(2, 1), 10);
  let calls = 0;
  const failing = (): number => {
    calls += 1;
    if (calls === 6) throw new Error("in the middle");
    return 0;
  };
  unchangedBy([x], () => expect(() => numericalGradient(failing, x)).toThrow("in the middle"));
});

test("a float32 x is refused with the reason, and so is an h that is no step", () => {
  expect(() => numericalGradient(sumOfSquares, tensor([3, 4]))).toThrow(DtypeError);
  expect(() => numericalGradient(sumOfSquares, tensor([3, 4]))).toThrow(/float32.*needs float64/);
  for (const h of [0, -1e-4, NaN])
    expect(() => numericalGradient(sumOfSquares, f64([3, 4]), h)).toThrow(ValueError);
});
