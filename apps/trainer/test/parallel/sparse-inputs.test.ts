// Skipping the zeros of the inputs: no bit changes, and it happens where there are many zeros or where it is asked for.
import type { BackendName } from "@gradloom/kernels";
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { StartEvent, TrainEvent } from "../../src/events.ts";
import { resolveOptions } from "../../src/options.ts";
import { memoryLayout } from "../../src/parallel/memory-layout.ts";
import { planRun } from "../../src/parallel/run-plan.ts";
import { skipsZeros } from "../../src/parallel/skipped-zeros.ts";
import { train } from "../../src/train.ts";
import { planTraining } from "../../src/training-plan.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 230), test: limitRows(mnist.test, 100) };
});

describe.each([
  { dtype: "float32", backend: "auto" },
  { dtype: "float64", backend: "auto" },
  { dtype: "float32", backend: "wasm" },
] as const)("the bits of a run in $dtype on $backend", (chosen) => {
  test("are the same with zeros skipped and not, for any number of workers", async () => {
    const options = { ...chosen, epochs: 2, batchSize: 50, hidden: 20, seed: 3 };
    const dense = await train(data, { ...options, sparse: "off", workers: 2 });
    expect(dense.sparse).toBe(false);
    for (const workers of [1, 3]) {
      const skipped = await train(data, { ...options, sparse: "on", workers });
      expect([skipped.sparse, skipped.sha256, skipped.testLoss]).toEqual([
        true,
        dense.sha256,
        dense.testLoss,
      ]);
    }
  });
});

describe("a minibatch", () => {
  const sizes = [784, 20, 10];
  const xOf = (given: TrainingData, sparseInput: boolean): string =>
    planRun(given, sizes, resolveOptions({ workers: 1 }), { cores: 1, sparseInput }).arrays.x.dtype;

  test("holds bytes where their zeros are skipped, a quarter of the room of floats", () => {
    expect([xOf(data, true), xOf(data, false)]).toEqual(["uint8", "float32"]);
    const [bytes = 0, floats = 0] = [true, false].map(
      (sparse) => memoryLayout(data, sizes, resolveOptions({ workers: 1 }), sparse).use.activations,
    );
    expect(floats - bytes).toBe(100 * 784 * 3);
  });

  test("holds floats where one of the sets does, or has bytes of another worth", () => {
    const { test } = data;
    expect(xOf({ ...data, test: { ...test, images: Float32Array.from(test.images) } }, true)).toBe("float32");
    expect(xOf({ ...data, test: { ...test, scale: 1 } }, true)).toBe("float32");
  });
});

test("by itself it is on where most inputs are 0, beside a native BLAS where more are, and off where they are not", () => {
  const chosen = (backend: BackendName): boolean[] =>
    [0, 0.19, 0.3, 0.6, 1].map((density) => skipsZeros("auto", density, backend));
  expect(chosen("wasm")).toEqual([true, true, true, false, false]);
  expect(chosen("blas")).toEqual([true, true, false, false, false]);
  for (const backend of ["wasm", "blas"] as const) {
    expect(skipsZeros("on", 1, backend)).toBe(true);
    expect(skipsZeros("off", 0, backend)).toBe(false);
  }
});

test("plan and start event say whether it is used, and the density", async () => {
  const starts: StartEvent[] = [];
  const onEvent = (event: TrainEvent): void => void (event.type === "start" && starts.push(event));
  await train(data, { epochs: 1, workers: 1 }, { onEvent });
  const { density, sparse } = planTraining(data);
  expect(starts).toEqual([expect.objectContaining({ density, sparse })]);
  expect([sparse, density > 0.15 && density < 0.25]).toEqual([true, true]);
});
