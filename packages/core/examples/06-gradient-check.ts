// Is backpropagation right? Every gradient of a small net beside the slope found by trying both sides.
import { checkNet, numericalGradient, TwoLayerNet, tensor, toNestedArray } from "@gradloom/core";

// The slope of x₀² + x₁² at (3, 4), by (f(x + h) − f(x − h)) / 2h: close to 2x, which is (6, 8).
const point = tensor([3, 4], "float64");
const f = () => point.get(0) * point.get(0) + point.get(1) * point.get(1);
console.log("slope", toNestedArray(numericalGradient(f, point)));

const net = new TwoLayerNet(3, 4, 2, { seed: 1, weightInitStd: 1 });
const x = tensor([
  [1, -2, 0.5],
  [0.3, 0.8, -1.2],
]);
const t = tensor([
  [1, 0],
  [0, 1],
]);

const report = checkNet(net, x, t);
for (const [name, { count, relativeError }] of Object.entries(report.parameters)) {
  console.log(name, "elements", count, "right to 1e-7:", relativeError < 1e-7);
}
