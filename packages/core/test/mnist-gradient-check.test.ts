// The gradient check on the book's net and the first three images of MNIST, in float64.
// W2, b1 and b2 are checked whole, W1 in 4000 of its 39,200 elements; GRADIENT_CHECK=full takes them all (10 s).
import { expect, test } from "vitest";
import { checkNet, TwoLayerNet } from "../src/index.ts";
import { mnistDigits } from "./mnist.ts";

const { x, t } = mnistDigits(3, "float64");
const sample = process.env.GRADIENT_CHECK === "full" ? 39_200 : 4000;

test("the first labels are 5, 0, 4", () => {
  expect([...t.data]).toEqual([5, 0, 4]);
});

test("with the exact loss every gradient is right to 1e-9 of its largest entry", () => {
  const report = checkNet(new TwoLayerNet(784, 50, 10, { dtype: "float64" }), x, t, { sample });
  expect(report.relativeError).toBeLessThanOrEqual(1e-9);
  expect(report.kinks).toBe(0);
  // The scale of the differences that NumPy finds for the same net: b2 1.2e-10, W2 4.1e-12, b1 3.5e-12.
  const { W1, b1, W2, b2 } = report.parameters;
  expect(W1?.count).toBe(sample);
  expect(b2?.meanAbsoluteDifference).toBeLessThan(1.5e-10);
  expect(W2?.maxAbsoluteDifference).toBeLessThan(1e-11);
  expect(b1?.maxAbsoluteDifference).toBeLessThan(1e-11);
});

test("the book's eps of 1e-7 makes loss and gradient two functions: b2 differs by 1.4e-7 on average", () => {
  const net = new TwoLayerNet(784, 50, 10, { dtype: "float64", eps: 1e-7 });
  const report = checkNet(net, x, t, { sample: 500 });
  expect(report.parameters.b2?.meanAbsoluteDifference).toBeCloseTo(1.4e-7, 8);
  expect(report.relativeError).toBeGreaterThan(1e-7);
});
