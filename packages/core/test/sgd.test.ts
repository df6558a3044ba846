// SGD: W ← W − η·dW, in place, by name or on a slice of the flat vector.
import { expect, test } from "vitest";
import { SGD, toNestedArray, ValueError } from "../src/index.ts";
import { f64, unchangedBy, waves } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";

test.each(backends)(
  "%s kernels: update writes W − η·dW into the parameters and leaves the gradients alone",
  (_, kernels) => {
    const params = {
      W: f64([
        [1, 2],
        [3, 4],
      ]),
      b: f64([5]),
    };
    const grads = {
      W: f64([
        [10, 20],
        [30, 40],
      ]),
      b: f64([50]),
    };
    unchangedBy([grads.W, grads.b], () => new SGD({ learningRate: 0.5, kernels }).update(params, grads));
    expect(toNestedArray(params.W)).toEqual([
      [-4, -8],
      [-12, -16],
    ]);
    expect(toNestedArray(params.b)).toEqual([-20]);
  },
);

test.each(backends)(
  "%s kernels: stepping slice by slice gives the bits of one step over the whole vector",
  (_, kernels) => {
    const sgd = new SGD({ learningRate: 0.1, kernels });
    const gradients = waves([1003], 1);
    const whole = waves([1003]);
    sgd.step(whole, gradients);
    for (const cuts of [
      [0, 1, 1003],
      [0, 16, 500, 1003],
      [0, 333, 666, 1003],
    ]) {
      const parts = waves([1003]);
      for (const [i, to] of cuts.slice(1).entries()) {
        const from = cuts[i] ?? 0;
        sgd.step(parts.lo(from).hi(to - from), gradients.lo(from).hi(to - from));
      }
      expect(parts.data).toEqual(whole.data);
    }
  },
);

test("the default learning rate is 0.01; one that cannot be, or a missing gradient, is refused", () => {
  expect(new SGD().learningRate).toBe(0.01);
  for (const learningRate of [0, -0.1, NaN, Infinity])
    expect(() => new SGD({ learningRate })).toThrow(ValueError);
  const params = { W: f64([1]), b: f64([1]) };
  expect(() => new SGD().update(params, { W: f64([1]) })).toThrow(/no gradient for b/);
  expect(params.W.get(0)).toBe(1);
});
