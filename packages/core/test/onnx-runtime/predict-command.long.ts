// What `gradloom export` writes computes in ONNX Runtime what `gradloom predict` prints, from the same raw pixels.
// Both are run as commands: core does not know the trainer.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SGD, saveModel, type Tensor, TwoLayerNet } from "../../src/index.ts";
import { mnistDigits } from "../mnist.ts";
import { installOnnxRuntime, type OnnxRuntime } from "./onnx-runtime.ts";

const ROWS = 1000;
const MAIN = fileURLToPath(new URL("../../../../apps/trainer/src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gradloom-onnx-"));
let onnxRuntime: OnnxRuntime;

beforeAll(async () => {
  onnxRuntime = await installOnnxRuntime();
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

async function gradloom(...args: string[]): Promise<string> {
  const node = ["--conditions=@gradloom/source", MAIN, ...args];
  const env = { ...process.env, NODE_NO_WARNINGS: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, node, { maxBuffer: 2 ** 27, env });
  return stdout;
}

/** A net that has learned a little, so that its answers differ from row to row. */
function trained(x: Tensor, t: ReturnType<typeof mnistDigits>["t"]): TwoLayerNet {
  const net = new TwoLayerNet(784, 50, 10, { seed: 1, weightInitStd: 0.1 });
  const sgd = new SGD({ learningRate: 0.2 });
  for (let from = 0; from < 10 * ROWS; from += 100) {
    const at = from % ROWS;
    sgd.update(net.params, net.gradient(x.lo(at, 0).hi(100, 784), t.lo(at).hi(100)));
  }
  return net;
}

/** The first test images as an IDX file of bytes. */
function idxFile(pixels: Uint8Array): string {
  const path = join(folder, "images.idx3-ubyte");
  const header = [0, 0, 8, 3, 0, 0, ROWS >> 8, ROWS & 255, 0, 0, 0, 28, 0, 0, 0, 28];
  writeFileSync(path, Buffer.concat([Uint8Array.from(header), pixels]));
  return path;
}

interface Line {
  readonly class: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

describe("a model for MNIST", () => {
  const { x, t } = mnistDigits(ROWS, "float32", "t10k");
  const pixels = Uint8Array.from(x.data, (value) => Math.round(255 * value));
  const mean = Array.from({ length: 784 }, (_, k) => 30 + (k % 50));
  const std = Array.from({ length: 784 }, (_, k) => 60 + (k % 40));

  test.each([
    ["scaled by 1/255", { scale: String(1 / 255) }],
    ["standardized", { scale: "1", standardization: JSON.stringify({ mean, std }) }],
  ])("%s: probabilities within 1e-5 and the same classes on 1,000 test images", async (name, metadata) => {
    const images = idxFile(pixels);
    const model = join(folder, `${name.replaceAll(/\W/g, "-")}.safetensors`);
    const card = { classes: JSON.stringify([..."abcdefghij"]), image_shape: "[28,28]", ...metadata };
    writeFileSync(model, saveModel(trained(x, t), card));
    const onnx = `${model}.onnx`;
    await gradloom("export", "--model", model, "--to", "onnx", "--out", onnx);
    const lines: Line[] = (await gradloom("predict", "--model", model, "--json", images))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(ROWS);

    const { InferenceSession, Tensor: OnnxTensor } = onnxRuntime;
    const session = await InferenceSession.create(readFileSync(onnx), { logSeverityLevel: 3 });
    const input = new OnnxTensor("float32", Float32Array.from(pixels), [ROWS, 784]);
    const { probabilities } = await session.run({ x: input });
    await session.release();
    const theirs = probabilities?.data ?? new Float32Array();
    let largest = 0;
    for (const [row, line] of lines.entries()) {
      const ours = [..."abcdefghij"].map((letter) => line.probabilities[letter] ?? Number.NaN);
      const same = ours.map((_, k) => theirs[10 * row + k] ?? Number.NaN);
      for (const [k, value] of ours.entries()) largest = Math.max(largest, Math.abs(value - (same[k] ?? 0)));
      expect("abcdefghij"[same.indexOf(Math.max(...same))]).toBe(line.class);
    }
    expect(largest).toBeLessThan(1e-5);
    expect(new Set(lines.map((line) => line.class)).size).toBeGreaterThan(5);
  });
});
