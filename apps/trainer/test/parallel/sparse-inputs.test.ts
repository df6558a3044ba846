// Skipping the zeros of the inputs: no bit changes, and it happens where there are many zeros or where it is asked for.
import { beforeAll, describe, expect, test } from "vitest";
import { type Dataset, limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { StartEvent, TrainEvent } from "../../src/events.ts";
import { resolveOptions } from "../../src/options.ts";
import { inputDensity, skipsZeros } from "../../src/parallel/input-density.ts";
import { memoryLayout } from "../../src/parallel/memory-layout.ts";
import { planRun } from "../../src/parallel/run-plan.ts";
import { train } from "../../src/train.ts";
import { planTraining } from "../../src/training-plan.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 230), test: limitRows(mnist.test, 100) };
});

/** A data set of 3 rows of 4. */
const setOf = (...images: number[]): Dataset => ({
  images: Float32Array.from(images),
  rows: 3,
  columns: 4,
  labels: Uint8Array.of(0, 1, 0),
  classes: 2,
  scale: 1,
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

test("the density is the share of the training inputs that is not 0", () => {
  expect(inputDensity(setOf(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, -0, 0))).toBe(2 / 12);
  expect(inputDensity(setOf(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, Number.NaN))).toBe(1);
});

test("a few of many rows tell MNIST's density: 19 %", async () => {
  const { train: whole } = await loadMnist();
  let nonzeros = 0;
  for (const pixel of whole.images) if (pixel !== 0) nonzeros += 1;
  const exact = nonzeros / whole.images.length;
  expect(exact).toBeCloseTo(0.191, 3);
  expect(Math.abs(inputDensity(whole) - exact)).toBeLessThan(0.01);
});

test("by itself it is on where most inputs are 0, and off where they are not", () => {
  expect([0, 0.19, 0.6, 1].map((density) => skipsZeros("auto", density))).toEqual([true, true, false, false]);
  expect(skipsZeros("on", 1)).toBe(true);
  expect(skipsZeros("off", 0)).toBe(false);
});

test("plan and start event say whether it is used, and the density", async () => {
  const starts: StartEvent[] = [];
  const onEvent = (event: TrainEvent): void => void (event.type === "start" && starts.push(event));
  await train(data, { epochs: 1, workers: 1 }, { onEvent });
  const { density, sparse } = planTraining(data);
  expect(starts).toEqual([expect.objectContaining({ density, sparse })]);
  expect([sparse, density > 0.15 && density < 0.25]).toEqual([true, true]);
});
