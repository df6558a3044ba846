// SoftmaxWithLoss with weights of classes and samples: PyTorch's figures, all forms of labels, its gradient, its errors.
import { describe, expect, test } from "vitest";
import {
  checkNet,
  gradientCheck,
  type Labels,
  MultiLayerNet,
  ShapeError,
  SoftmaxWithLoss,
  tensor,
  toNestedArray,
  ValueError,
} from "../src/index.ts";
import { expectClose, f64, ints, unchangedBy, waves } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";
import { figures, fractions } from "./pytorch-figures.ts";

const X = fractions([4, 3], 41, 23, 4);
const CLASSES = ints(2, 0, 1, 1);
const SHARES = f64([
  [0.25, 0.25, 0.5],
  [1, 0, 0],
  [0.125, 0.5, 0.375],
  [0, 0.75, 0.25],
]);
const C = [0.5, 2, 1.25];

describe.each(backends)("%s kernels", (_, kernels) => {
  test.each([
    ["class numbers", CLASSES, undefined],
    ["shares", SHARES, undefined],
    ["class numbers, weighted", CLASSES, C],
    ["shares, weighted", SHARES, C],
  ] as const)("a dx among forward's buffers gets what backward gives: %s", (_labels, t, classWeights) => {
    const layer = new SoftmaxWithLoss({ kernels, ...(classWeights && { classWeights }) });
    const dx = waves([4, 3]);
    layer.forward(X, t, { dx, scale: 0.125 });
    expect(toNestedArray(dx)).toEqual(toNestedArray(layer.backward(1, undefined, 8)));
  });

  test.each([
    ["classes", CLASSES],
    ["shares", SHARES],
  ] as const)("with class weights and labels as %s, loss, losses and dx are PyTorch's", (form, t) => {
    const layer = new SoftmaxWithLoss({ classWeights: C, kernels });
    const expected = figures.weighted[form];
    unchangedBy([X, t], () => {
      expect(Math.abs(layer.forward(X, t) - expected.loss)).toBeLessThan(1e-15);
      expectClose(layer.losses, expected.losses, 4e-15);
      expectClose(layer.backward(), expected.dx, 1e-15);
    });
  });

  test.each<[string, Labels, number]>([
    ["class numbers", CLASSES, 0],
    ["shares", SHARES, 0],
    ["shares with the book's eps", SHARES, 1e-7],
  ])("with both kinds of weights and %s, dx is the loss's slope, and dout multiplies it", (_name, t, eps) => {
    const layer = new SoftmaxWithLoss({ classWeights: f64(C), kernels, eps });
    const w = [0.5, 2, 0, 1];
    layer.forward(X, t, {}, w);
    const dx = layer.backward();
    const x = f64(toNestedArray(X));
    const report = gradientCheck({ loss: () => layer.forward(x, t, {}, w), params: { x }, grads: { x: dx } });
    expect(report.relativeError).toBeLessThanOrEqual(eps === 0 ? 1e-7 : 1e-5);
    expect(toNestedArray(dx.pick(2, null))).toEqual([0, 0, 0]);
    layer.forward(X, t, {}, w);
    expectClose(layer.backward(3), toNestedArray(scaled(dx, 3)), 1e-15);
  });

  test("a weight of 2 for a sample is that sample twice, and weights of 1 change nothing but the last bit", () => {
    const twice = new SoftmaxWithLoss({ kernels });
    const weighted = new SoftmaxWithLoss({ kernels });
    const rows = [0, 0, 1].map((n) => X.pick(n, null)).map((row) => toNestedArray(row));
    const doubled = twice.forward(f64(rows), ints(2, 2, 0));
    const found = weighted.forward(f64([rows[0], rows[2]]), ints(2, 0), {}, [2, 1]);
    expect(Math.abs(found - doubled)).toBeLessThan(1e-15);
    expect(weighted.totalWeight).toBe(3);
    const plain = twice.forward(X, CLASSES);
    expect(Math.abs(weighted.forward(X, CLASSES, {}, [1, 1, 1, 1]) - plain)).toBeLessThan(1e-15);
  });

  test("buffers are filled, and parts of a batch that know its total weight add up to it", () => {
    const whole = new SoftmaxWithLoss({ classWeights: C, kernels });
    const loss = whole.forward(X, CLASSES);
    const expected = toNestedArray(whole.backward());
    const dx = waves([4, 3]);
    const parts = [0, 2].map((from) => {
      const part = new SoftmaxWithLoss({ classWeights: C, kernels });
      const buffers = { y: waves([2, 3]), losses: waves([2]) };
      part.forward(X.lo(from, 0).hi(2, 3), CLASSES.lo(from).hi(2), buffers);
      expect([part.y, part.losses]).toEqual([buffers.y, buffers.losses]);
      part.backward(1, dx.lo(from, 0).hi(2, 3), whole.totalWeight);
      return part.loss * part.totalWeight;
    });
    expect(Math.abs((parts[0] + parts[1]) / whole.totalWeight - loss)).toBeLessThan(1e-15);
    expect(toNestedArray(dx)).toEqual(expected);
  });

  test("one sample takes weights too, in float32 as well", () => {
    const layer = new SoftmaxWithLoss({ classWeights: C, kernels });
    const exact = layer.forward(f64([1, 2, 0.5]), 1);
    expect(layer.losses.shape).toEqual([]);
    const single = layer.forward(tensor([1, 2, 0.5]), 1, {}, [7]);
    expect(Math.abs(single - exact)).toBeLessThan(1e-6);
    expect([layer.backward().dtype, layer.backward().shape]).toEqual(["float32", [3]]);
  });

  test("a net with class weights has the gradient of its loss", () => {
    const net = new MultiLayerNet({
      inputSize: 3,
      hiddenSizes: [4],
      outputSize: 3,
      weightInit: 0.8,
      classWeights: C,
      dtype: "float64",
      kernels,
    });
    expect(checkNet(net, X, CLASSES, { h: 1e-5 }).relativeError).toBeLessThanOrEqual(1e-7);
    expect(checkNet(net, X, SHARES, { h: 1e-5 }).relativeError).toBeLessThanOrEqual(1e-7);
  });
});

test.each<[string, () => unknown, new (message: string) => Error, RegExp]>([
  ["two weights for three classes", () => loss([1, 2]), ShapeError, /classWeights.*\(2,\).*\(4, 3\) are 3/],
  ["a weight below 0", () => loss([1, -2, 1]), ValueError, /classWeights\[1\] is -2/],
  ["a weight that is NaN", () => loss(C, [1, 1, NaN, 1]), ValueError, /weights\[2\] is NaN/],
  ["three weights for four samples", () => loss(C, [1, 1, 1]), ShapeError, /weights.*\(3,\).* are 4/],
  ["weights of 0 alone", () => loss(C, [0, 0, 0, 0]), ValueError, /mean over nothing/],
])("%s is refused", (_title, act, error, message) => {
  expect(act).toThrow(error);
  expect(act).toThrow(message);
});

function loss(classWeights: readonly number[], weights?: readonly number[]): number {
  return new SoftmaxWithLoss({ classWeights }).forward(X, CLASSES, {}, weights);
}

function scaled(t: ReturnType<SoftmaxWithLoss["backward"]>, factor: number): typeof t {
  const copy = f64(toNestedArray(t));
  for (let i = 0; i < copy.size; i++) copy.data[i] *= factor;
  return copy;
}
