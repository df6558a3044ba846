// MultiLayerNet: any depth, one or many activations, one implementation with TwoLayerNet, its gradient, its errors.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import {
  checkNet,
  MultiLayerNet,
  type MultiLayerNetOptions,
  ShapeError,
  TwoLayerNet,
  toNestedArray,
  ValueError,
} from "../src/index.ts";
import { f64, ints, unchangedBy, waves } from "./arrays.ts";
import { T, X } from "./golden-net.ts";
import { backends } from "./kernels-under-test.ts";

const deep = (options: Partial<MultiLayerNetOptions> = {}): MultiLayerNet =>
  new MultiLayerNet({
    inputSize: 3,
    hiddenSizes: [5, 4],
    outputSize: 2,
    activation: ["relu", "sigmoid"],
    weightInit: "he",
    dtype: "float64",
    ...options,
  });

describe.each(backends)("%s kernels", (_, kernels) => {
  test.each([
    ["no hidden layer", [], "relu"],
    ["one", [4], "sigmoid"],
    ["two of two kinds", [5, 4], ["relu", "sigmoid"]],
    ["four", [6, 5, 4, 3], "relu"],
  ] as const)(
    "backpropagation through %s is right, and no input is written to",
    (_name, hiddenSizes, activation) => {
      const net = deep({ hiddenSizes, activation, weightInit: 0.7, seed: 3, kernels });
      unchangedBy([X, T, net.parameters], () => {
        const report = checkNet(net, X, T, { h: 1e-5 });
        expect(report.relativeError).toBeLessThanOrEqual(1e-7);
        expect(Object.keys(report.parameters)).toEqual(Object.keys(net.params));
        expect(report.kinks).toBe(0);
      });
    },
  );

  test("the layers one after the other, by hand, give the net's scores and gradients", () => {
    const net = deep({ kernels });
    const { Affine1, Relu1, Affine2, Sigmoid2, Affine3 } = net.layers;
    if (!Relu1 || !Sigmoid2) throw new Error("a layer is missing");
    const hidden = Sigmoid2.forward(Affine2.forward(Relu1.forward(Affine1.forward(X))));
    const scores = Affine3.forward(hidden);
    net.lastLayer.forward(scores, T);
    Affine1.backward(
      Relu1.backward(Affine2.backward(Sigmoid2.backward(Affine3.backward(net.lastLayer.backward())))),
    );
    const byHand = [Affine1, Affine2, Affine3].flatMap(({ dW, db }) => [
      toNestedArray(dW),
      toNestedArray(db),
    ]);
    expect(toNestedArray(net.predict(X))).toEqual(toNestedArray(scores));
    expect(Object.values(net.gradient(X, T)).map((gradient) => toNestedArray(gradient))).toEqual(byHand);
  });
});

test("TwoLayerNet is the net with one hidden layer: same layout, same values, same gradients, to the bit", () => {
  for (const activation of ["relu", "sigmoid"] as const) {
    const two = new TwoLayerNet(3, 4, 2, { activation, seed: 9, weightInitStd: 0.5, eps: 1e-7 });
    const multi = new MultiLayerNet({
      inputSize: 3,
      hiddenSizes: [4],
      outputSize: 2,
      activation,
      seed: 9,
      weightInit: 0.5,
      eps: 1e-7,
    });
    expect(two).toBeInstanceOf(MultiLayerNet);
    expect(multi.layout).toEqual(two.layout);
    expect(multi.parameters.data.slice(0, 64)).toEqual(two.parameters.data.slice(0, 64));
    const x = ndarray(Float32Array.from(X.data), [2, 3]);
    expect(multi.loss(x, T)).toBe(two.loss(x, T));
    const [a, b] = [multi, two].map((net) =>
      Object.values(net.gradient(x, ints(0, 1))).map((g) => toNestedArray(g)),
    );
    expect(a).toEqual(b);
  }
});

test("layers come in the order of forward, and each by its name", () => {
  const { layers } = deep();
  const { Affine1, Relu1, Affine2, Sigmoid2, Affine3 } = layers;
  expect([...layers]).toEqual([Affine1, Relu1, Affine2, Sigmoid2, Affine3]);
  expect([layers.Relu2, layers.Sigmoid1]).toEqual([undefined, undefined]);
});

test("parameters W1 b1 W2 b2 … are windows on one vector, which may be the caller's", () => {
  const { layout } = deep();
  expect(Object.entries(layout.entries).map(([name, { shape }]) => [name, shape])).toEqual([
    ["W1", [3, 5]],
    ["b1", [5]],
    ["W2", [5, 4]],
    ["b2", [4]],
    ["W3", [4, 2]],
    ["b3", [2]],
  ]);
  const parameters = waves([layout.length]);
  const net = deep({ parameters });
  expect(net.parameters).toBe(parameters);
  expect(net.layers.Affine3.W).toBe(net.params.W3);
  parameters.data.fill(0);
  expect(toNestedArray(net.predict(X))).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test("astype copies the values of every layer", () => {
  const net = deep();
  const single = net.astype("float32");
  expect(single.dtype).toBe("float32");
  expect(single.params.W3.get(1, 1)).toBe(Math.fround(net.params.W3.get(1, 1)));
  expect(single.layers.Sigmoid2).toBeDefined();
  single.params.W3.set(1, 1, 9);
  expect(net.params.W3.get(1, 1)).not.toBe(9);
});

test("the numerical gradient names every parameter and agrees with backpropagation", () => {
  const net = deep();
  const [numerical, exact] = [net.numericalGradient(X, T), net.gradient(X, T)];
  expect(Object.keys(numerical)).toEqual(Object.keys(exact));
  for (const name of Object.keys(exact)) {
    exact[name].data
      .subarray(exact[name].offset, exact[name].offset + exact[name].size)
      .forEach((value, i) => {
        expect(Math.abs(numerical[name].data[i] - value)).toBeLessThanOrEqual(1e-8);
      });
  }
});

test.each<[string, () => unknown, new (message: string) => Error, RegExp]>([
  ["a hidden size of 0", () => deep({ hiddenSizes: [4, 0] }), ShapeError, /hiddenSizes\[1\] is 0/],
  ["half a hidden neuron", () => deep({ hiddenSizes: [2.5, 4] }), ShapeError, /hiddenSizes\[0\] is 2\.5/],
  [
    "two activations for three layers",
    () => deep({ hiddenSizes: [4, 4, 4] }),
    ValueError,
    /2 names for 3 hidden/,
  ],
  ["an unknown activation", () => deep(JSON.parse('{"activation":["relu","tanh"]}')), ValueError, /"tanh"/],
  [
    "an unknown rule",
    () => deep(JSON.parse('{"weightInit":"lecun"}')),
    ValueError,
    /"lecun".*"he" or "xavier"/,
  ],
  ["x of another width", () => deep().predict(f64([[1, 2]])), ShapeError, /\(1, 2\).*\(3, 5\).*\(N, 3\)/],
])("%s is refused, with what was given and what is needed", (_title, act, error, message) => {
  expect(act).toThrow(error);
  expect(act).toThrow(message);
});
