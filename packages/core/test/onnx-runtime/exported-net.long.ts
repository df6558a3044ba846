// ONNX Runtime computes what the net computes, from the exported file alone.
// Not among the everyday tests, because ONNX Runtime is a large download: `pnpm test:onnx`.
import ndarray from "ndarray";
import { beforeAll, describe, expect, test } from "vitest";
import {
  argmax,
  exportOnnx,
  MultiLayerNet,
  SGD,
  softmax,
  type Tensor,
  TwoLayerNet,
  tensor,
} from "../../src/index.ts";
import { copyOf } from "../../src/tensors/copies.ts";
import { mnistDigits } from "../mnist.ts";
import { installOnnxRuntime, type OnnxRuntime } from "./onnx-runtime.ts";

const ROWS = 1000;
let onnxRuntime: OnnxRuntime;

beforeAll(async () => {
  onnxRuntime = await installOnnxRuntime();
}, 600_000);

/** Outputs of the file for x, by name. */
async function run(onnx: Uint8Array, x: Tensor): Promise<Record<string, Float32Array | Float64Array>> {
  const { InferenceSession, Tensor: OnnxTensor } = onnxRuntime;
  const session = await InferenceSession.create(onnx, { logSeverityLevel: 3 });
  expect(session.inputNames).toEqual(["x"]);
  expect(session.outputNames).toEqual(["scores", "probabilities"]);
  const type = x.data instanceof Float64Array ? "float64" : "float32";
  const outputs = await session.run({ x: new OnnxTensor(type, x.data, x.shape) });
  await session.release();
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data]));
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++)
    largest = Math.max(largest, Math.abs((a[i] ?? 0) - (b[i] ?? Number.NaN)));
  return largest;
}

describe("an exported net", () => {
  test.each([
    ["relu", "float32"],
    ["sigmoid", "float32"],
    ["relu", "float64"],
    ["sigmoid", "float64"],
  ] as const)(
    "with %s in %s gives its scores, probabilities and classes on 1,000 digits",
    async (activation, dtype) => {
      const { x, t } =
        dtype === "float64" ? mnistDigits(ROWS, "float64", "t10k") : mnistDigits(ROWS, "float32", "t10k");
      const net = new TwoLayerNet(784, 50, 10, { activation, dtype, seed: 1, weightInitStd: 0.1 });
      const sgd = new SGD({ learningRate: 0.5 });
      for (let step = 0; step < 30; step++) {
        const from = (step * 100) % ROWS;
        const rows = x.lo(from, 0).hi(100, 784);
        sgd.update(net.params, net.gradient(rows, t.lo(from).hi(100)));
      }
      const predicted = net.predict(x);
      const { scores = [], probabilities = [] } = await run(exportOnnx(net), x);
      const bound = dtype === "float64" ? 1e-12 : 1e-5;
      expect(largestDifference(scores, predicted.data)).toBeLessThan(bound);
      expect(largestDifference(probabilities, softmax(predicted).data)).toBeLessThan(bound);
      const theirs = Float64Array.from(scores);
      expect(argmax(ndarray(theirs, predicted.shape)).data).toEqual(argmax(predicted).data);
      expect(new Set(argmax(predicted).data).size).toBeGreaterThan(3);
    },
  );

  test("of any depth, with an activation for each hidden layer, gives its scores", async () => {
    const { x } = mnistDigits(20, "float64", "t10k");
    for (const hiddenSizes of [[], [30, 20, 10]]) {
      const activation = (["relu", "sigmoid", "relu"] as const).slice(0, hiddenSizes.length);
      const net = new MultiLayerNet({
        inputSize: 784,
        hiddenSizes,
        outputSize: 10,
        activation,
        weightInit: 0.1,
        dtype: "float64",
      });
      expect(
        largestDifference((await run(exportOnnx(net), x)).scores ?? [], net.predict(x).data),
      ).toBeLessThan(1e-12);
    }
  });

  test.each(["float32", "float64"] as const)(
    "takes raw pixels in %s and standardizes them itself, within 1e-5 of the net on standardized ones, for 1,000 digits",
    async (dtype) => {
      const { x: scaled } =
        dtype === "float64" ? mnistDigits(ROWS, "float64", "t10k") : mnistDigits(ROWS, "float32", "t10k");
      const raw = copyOf(scaled);
      for (let i = 0; i < raw.size; i++) raw.data[i] = Math.round(255 * (raw.data[i] ?? 0));
      const mean = Array.from({ length: 784 }, (_, column) => 20 + (column % 100));
      const std = Array.from({ length: 784 }, (_, column) => 30 + (column % 70));
      const standardized = copyOf(raw);
      for (let i = 0; i < raw.size; i++) {
        standardized.data[i] = (0.5 * ((raw.data[i] ?? 0) - (mean[i % 784] ?? 0))) / (std[i % 784] ?? 1);
      }
      const net = new TwoLayerNet(784, 50, 10, { dtype, seed: 1, weightInitStd: 0.05 });
      const predicted = net.predict(standardized);
      const file = exportOnnx(net, {}, { input: { mean, std, scale: 0.5 } });
      const { probabilities = [] } = await run(file, raw);
      const bound = dtype === "float64" ? 1e-12 : 1e-5;
      expect(largestDifference(probabilities, softmax(predicted).data)).toBeLessThan(bound);
      expect(new Set(argmax(predicted).data).size).toBeGreaterThan(3);
    },
  );

  test("takes a batch of any number of rows", async () => {
    const net = new TwoLayerNet(2, 3, 2, { weightInitStd: 1 });
    const onnx = exportOnnx(net);
    for (const x of [
      tensor([[1, 2]]),
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ]) {
      expect(largestDifference((await run(onnx, x)).scores ?? [], net.predict(x).data)).toBeLessThan(1e-6);
    }
  });
});
