// Data that are not bytes: floats of either kind train in either dtype, and what float32 cannot hold is refused.
import { expect, test } from "vitest";
import type { Dataset, TrainingData } from "../../src/data/dataset.ts";
import { DataError } from "../../src/errors.ts";
import { train } from "../../src/train.ts";

const ROWS = 40;

/** Two classes that one of three values tells apart. */
function twoClasses(images: Float32Array | Float64Array): TrainingData {
  const labels = Int32Array.from({ length: ROWS }, (_, row) => row % 2);
  for (let row = 0; row < ROWS; row++) {
    images.set([row % 2 === 0 ? -1 : 1, Math.fround(0.1) * (row % 5), 0.25], row * 3);
  }
  const set: Dataset = { images, labels, rows: ROWS, columns: 3, classes: 2, scale: 1 };
  return { name: "two classes", train: set, test: set };
}

const OPTIONS = { workers: 2, epochs: 20, batchSize: 10, hidden: 8, init: 0.5, learningRate: 0.5 };

test.each([
  { images: Float32Array, dtype: "float32" },
  { images: Float32Array, dtype: "float64" },
  { images: Float64Array, dtype: "float32" },
  { images: Float64Array, dtype: "float64" },
] as const)("$images.name in $dtype", async ({ images, dtype }) => {
  const { testAccuracy } = await train(twoClasses(new images(ROWS * 3)), { ...OPTIONS, dtype });
  expect(testAccuracy).toBe(1);
});

test("both kinds of floats give the same bits where both hold the same numbers", async () => {
  const [single, double] = [twoClasses(new Float32Array(ROWS * 3)), twoClasses(new Float64Array(ROWS * 3))];
  expect((await train(single, OPTIONS)).sha256).toBe((await train(double, OPTIONS)).sha256);
});

test("a float64 that float32 cannot hold is refused with its place", async () => {
  const data = twoClasses(new Float64Array(ROWS * 3));
  data.train.images[7] = 1e300;
  const refused = train(data, OPTIONS);
  await expect(refused).rejects.toThrow(DataError);
  await expect(refused).rejects.toThrow(/row 2, column 1.*1e\+300.*--dtype float64/);
});
