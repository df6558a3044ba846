// The gradient check on TwoLayerNet: every label form, every input form, both activations, kinks, float32 nets.
import { describe, expect, test } from "vitest";
import { checkNet, type Labels, type Tensor, TwoLayerNet, tensor } from "../src/index.ts";
import { f64, ints, waves } from "./arrays.ts";
import { goldenNet, T, X } from "./golden-net.ts";
import { backends } from "./kernels-under-test.ts";

const BOUND = 1e-7;

const cases: [string, Tensor, Labels][] = [
  ["2-D, one-hot", X, T],
  [
    "2-D, soft",
    X,
    f64([
      [0.7, 0.3],
      [0.4, 0.6],
    ]),
  ],
  ["2-D, integer", X, ints(1, 0)],
  ["1-D, one-hot", X.pick(0, null), T.pick(0, null)],
  ["1-D, soft", X.pick(1, null), f64([0.4, 0.6])],
  ["1-D, a plain number", X.pick(1, null), 1],
  ["tensor, integer", waves([4, 3, 1], 2), ints(1, 0, 0, 1)],
];

describe.each(backends)("%s kernels", (_, kernels) => {
  test.each(cases)("every gradient of the net is right: %s", (_name, x, t) => {
    for (const activation of ["relu", "sigmoid"] as const) {
      const report = checkNet(goldenNet({ kernels, activation }), x, t);
      expect(report.relativeError, activation).toBeLessThanOrEqual(BOUND);
      expect(report.kinks).toBe(0);
      expect(Object.values(report.parameters).map(({ count }) => count)).toEqual([12, 4, 8, 2]);
    }
  });
});

test("a float32 net is checked on a float64 copy", () => {
  const net = new TwoLayerNet(3, 4, 2, { weightInitStd: 1 });
  const report = checkNet(net, tensor([[1, -2, 0.5]]), ints(1));
  expect(report.relativeError).toBeLessThanOrEqual(BOUND);
});

test("a weight whose ±h crosses a hidden kink is reported, and the rest is still right", () => {
  const net = goldenNet();
  // The first hidden unit of the first sample is brought to 2e-5 above 0: b1[0] ± 1e-4 crosses it.
  const b1 = net.params.b1;
  const hidden = net.layers.Affine1.forward(X).get(0, 0);
  b1.set(0, b1.get(0) - hidden + 2e-5);
  const report = checkNet(net, X, T);
  expect(report.parameters.b1?.kinks).toEqual([[0]]);
  expect(report.kinks).toBeGreaterThan(1); // the weights into that unit cross it too
  expect(report.relativeError).toBeLessThanOrEqual(BOUND);
});
