// Training on the machine's own BLAS: the same run twice gives the same bits, and a machine without one is told so.
import { createKernels, UnsupportedError } from "@gradloom/kernels";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { limitRows, type TrainingData } from "../src/data/dataset.ts";
import { loadMnist } from "../src/data/mnist.ts";
import { UsageError } from "../src/errors.ts";
import { train } from "../src/train.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 300), test: limitRows(mnist.test, 250) };
});

afterEach(() => void vi.unstubAllEnvs());

/** Why there is no BLAS to test with here; undefined where there is one. */
function unavailable(): string | undefined {
  try {
    createKernels({ backend: "blas" });
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
}

const reason = unavailable();
if (reason !== undefined) process.stderr.write(`SKIPPED: training on a native BLAS, because ${reason}\n`);

describe.skipIf(reason !== undefined)("with a BLAS", () => {
  test.each(["float32", "float64"] as const)(
    "a run in %s on two workers has the same SHA-256 twice, and learns what the other kernels learn",
    async (dtype) => {
      const options = { dtype, epochs: 2, batchSize: 37, hidden: [40, 20], seed: 7, learningRate: 0.5 };
      const [first, second] = [
        await train(data, { ...options, workers: 2, backend: "blas" }),
        await train(data, { ...options, workers: 2, backend: "blas" }),
      ];
      expect([first.backend, second.sha256]).toEqual(["blas", first.sha256]);
      const usual = await train(data, { ...options, workers: 1, backend: "wasm" });
      expect(first.loss).toBeCloseTo(usual.loss, dtype === "float64" ? 9 : 2);
    },
  );
});

test("where the library is missing, the run is refused before it starts, with what to install", async () => {
  vi.stubEnv("GRADLOOM_BLAS", "/nowhere/libopenblas.so");
  const run = train(data, { workers: 1, epochs: 1, backend: "blas" });
  await expect(run).rejects.toBeInstanceOf(UsageError);
  await expect(run).rejects.toThrow(
    /GRADLOOM_BLAS=\/nowhere\/libopenblas\.so does not load\. Install one \(/,
  );
});
