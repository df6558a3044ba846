// TwoLayerNet: golden numbers, forms of input, shared parameters, results that stay the caller's, errors.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { DtypeError, SGD, ShapeError, TwoLayerNet, tensor, toNestedArray, ValueError } from "../src/index.ts";
import { expectClose, f64, ints, unchangedBy } from "./arrays.ts";
import { goldenNet, T, X } from "./golden-net.ts";
import { backends } from "./kernels-under-test.ts";

describe.each(backends)("%s kernels", (_, kernels) => {
  test("scores, loss and gradients are NumPy's, and no input is written to", () => {
    const net = goldenNet({ kernels, eps: 1e-7 });
    unchangedBy([X, T, net.parameters], () => {
      const scores = [
        [-0.10812365304621431, -0.9871053081154062],
        [0.26174682530525445, -0.13573372919743762],
      ];
      expectClose(net.predict(X), scores, 2e-16);
      expect(Math.abs(net.loss(X, T) - 0.6293910136984634)).toBeLessThanOrEqual(2.3e-16);
      const grads = net.gradient(X, T);
      expectClose(grads.b2, [0.15234666830118948, -0.15234666830118943], 1e-16);
      const b1 = [-0.056343672262901275, -0.014825069072560475, -0.07132886982783068, 0.08630920458832012];
      expectClose(grads.b1, b1, 1e-16);
      const numerical = net.numericalGradient(X, T);
      for (const name of ["W1", "b1", "W2", "b2"] as const) {
        expectClose(numerical[name], toNestedArray(grads[name]), 5.4e-8);
      }
    });
  });

  test("a sample alone, in a batch of one and as a tensor has one gradient", () => {
    const net = goldenNet({ kernels });
    const expected = gradientOf(net, f64([[1, -2, 0.5]]), f64([[1, 0]]));
    expect(gradientOf(net, f64([1, -2, 0.5]), f64([1, 0]))).toEqual(expected);
    expect(gradientOf(net, f64([1, -2, 0.5]), 0)).toEqual(expected);
    expect(gradientOf(net, f64([1, -2, 0.5]), ints(0).pick(0))).toEqual(expected);
    expect(gradientOf(net, f64([[[1], [-2], [0.5]]]), ints(0))).toEqual(expected);
    expect(net.predict(f64([1, -2, 0.5])).shape).toEqual([2]);
    expect(net.loss(f64([1, -2, 0.5]), 0)).toBe(net.loss(f64([[1, -2, 0.5]]), ints(0)));
  });

  test("batches of changing size leave no trace in one another's gradient", () => {
    const used = goldenNet({ kernels });
    const batches = [
      [0, 2],
      [0, 1],
      [1, 2],
      [0, 2],
    ].map(([from = 0, to = 0]) => {
      const cut = (whole: typeof X): typeof X => whole.lo(from, 0).hi(to - from, -1);
      return [gradientOf(used, cut(X), cut(T)), gradientOf(goldenNet({ kernels }), cut(X), cut(T))];
    });
    for (const [again, fresh] of batches) expect(again).toEqual(fresh);
  });

  test("gradient returns new arrays, or windows on the caller's vector", () => {
    const net = goldenNet({ kernels });
    const first = net.gradient(X, T);
    const before = toNestedArray(first.W1);
    const second = net.gradient(X, ints(1, 0));
    expect(toNestedArray(first.W1)).toEqual(before);
    expect(toNestedArray(second.W1)).not.toEqual(before);
    const vector = kernels.zeros([net.layout.length], "float64");
    const windows = net.gradient(X, T, vector);
    expect(windows.W1.data).toBe(vector.data);
    expect(toNestedArray(windows.W1)).toEqual(before);
  });
});

test("predict returns scores, a new array each time", () => {
  const net = goldenNet();
  const scores = net.predict(X);
  const values = toNestedArray(scores);
  net.predict(
    f64([
      [9, 9, 9],
      [8, 8, 8],
    ]),
  );
  net.gradient(
    f64([
      [9, 9, 9],
      [8, 8, 8],
    ]),
    T,
  );
  expect(toNestedArray(scores)).toEqual(values);
});

test("layers come in the order of forward, and each by its name", () => {
  const relu = goldenNet();
  expect(relu.layers.map((layer) => layer.constructor.name)).toEqual(["Affine", "Relu", "Affine"]);
  expect([relu.layers.Affine1, relu.layers.Relu1, relu.layers.Affine2]).toEqual([...relu.layers]);
  const sigmoid = goldenNet({ activation: "sigmoid" });
  expect(sigmoid.layers.Sigmoid1).toBe(sigmoid.layers[1]);
  expect(sigmoid.layers.Relu1).toBeUndefined();
});

test("params, layers and the flat vector are one memory: an update in place changes predict", () => {
  const net = goldenNet();
  const before = toNestedArray(net.predict(X));
  expect(net.layers.Affine1.W).toBe(net.params.W1);
  new SGD({ learningRate: 0.1 }).update(net.params, net.gradient(X, T));
  expect(toNestedArray(net.predict(X))).not.toEqual(before);
  net.parameters.data.fill(0, net.parameters.offset, net.parameters.offset + net.parameters.size);
  expect(toNestedArray(net.predict(X))).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test("a vector given as parameters is used as it is and not initialised", () => {
  const { length } = new TwoLayerNet(3, 4, 2).layout;
  const shared = ndarray(new Float64Array(new SharedArrayBuffer(length * 8)).fill(0.25), [length]);
  const net = new TwoLayerNet(3, 4, 2, { parameters: shared });
  expect(net.parameters).toBe(shared);
  expect(net.dtype).toBe("float64");
  expect(net.params.b2.get(1)).toBe(0.25);
  expect(() => new TwoLayerNet(3, 4, 2, { parameters: shared, dtype: "float32" })).toThrow(DtypeError);
  expect(() => new TwoLayerNet(3, 40, 2, { parameters: shared })).toThrow(ShapeError);
});

test("by default a net is float32, initialised from seed 0; astype copies its values", () => {
  const net = new TwoLayerNet(3, 4, 2);
  expect(net.dtype).toBe("float32");
  expect(toNestedArray(net.params.W1)).toEqual(
    toNestedArray(new TwoLayerNet(3, 4, 2, { seed: 0 }).params.W1),
  );
  expect(toNestedArray(net.params.W1)).not.toEqual(
    toNestedArray(new TwoLayerNet(3, 4, 2, { seed: 1 }).params.W1),
  );
  const double = net.astype("float64");
  expect(toNestedArray(double.params.W1)).toEqual(toNestedArray(net.params.W1));
  double.params.W1.set(0, 0, 9);
  expect(net.params.W1.get(0, 0)).not.toBe(9);
});

test("accuracy takes labels of any form, and ties go to the first index", () => {
  const net = goldenNet(); // both samples score highest at class 0
  expect([net.accuracy(X, T), net.accuracy(X, ints(0, 0)), net.accuracy(X, ints(1, 1))]).toEqual([0.5, 1, 0]);
  expect(
    net.accuracy(
      X,
      f64([
        [0.5, 0.5],
        [0.4, 0.6],
      ]),
    ),
  ).toBe(0.5);
  expect(net.accuracy(f64([1, -2, 0.5]), 0)).toBe(1);
  const zero = new TwoLayerNet(3, 4, 2, { dtype: "float64", weightInitStd: 0 });
  expect([zero.accuracy(X, ints(0, 0)), zero.accuracy(X, ints(1, 1))]).toEqual([1, 0]);
});

test.each<[string, () => unknown, new (message: string) => Error, RegExp]>([
  [
    "x of another width",
    () => goldenNet().predict(f64([[1, 2]])),
    ShapeError,
    /\(1, 2\).*\(3, 4\).*\(N, 3\)/,
  ],
  [
    "x without samples",
    () => goldenNet().predict(ndarray(new Float64Array(0), [0, 3])),
    ShapeError,
    /no samples/,
  ],
  [
    "x of another dtype",
    () => goldenNet().gradient(tensor([[1, 2, 3]]), ints(0)),
    DtypeError,
    /float32.*float64/,
  ],
  [
    "NaN in x",
    () =>
      goldenNet().loss(
        f64([
          [1, 2, 3],
          [1, NaN, 3],
        ]),
        T,
      ),
    ValueError,
    /x\[1, 1\] is NaN/,
  ],
  [
    "NaN in x, for gradient",
    () =>
      goldenNet().gradient(
        f64([
          [1, 2, 3],
          [1, 2, NaN],
        ]),
        T,
      ),
    ValueError,
    /x\[1, 2\]/,
  ],
  ["Infinity in x", () => goldenNet().predict(f64([Infinity, 0, 0])), ValueError, /x\[0\] is Infinity/],
  ["a label that is no class", () => goldenNet().gradient(X, ints(0, 2)), ValueError, /t\[1\] is 2/],
  ["a size of 0", () => new TwoLayerNet(3, 0, 2), ShapeError, /hiddenSize is 0/],
  ["a seed below 0", () => new TwoLayerNet(3, 4, 2, { seed: -1 }), ValueError, /seed is -1/],
  [
    "an unknown activation",
    () => new TwoLayerNet(3, 4, 2, JSON.parse('{"activation":"tanh"}')),
    ValueError,
    /"tanh"/,
  ],
])("%s is refused, with what was given and what is needed", (_title, act, error, message) => {
  expect(act).toThrow(error);
  expect(act).toThrow(message);
});

function gradientOf(net: TwoLayerNet, ...[x, t]: Parameters<TwoLayerNet["gradient"]>): unknown {
  return Object.values(net.gradient(x, t)).map((gradient) => toNestedArray(gradient));
}
