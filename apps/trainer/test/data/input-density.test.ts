// How much of the inputs is not zero, found in a few rows: the same few whoever has read which part.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Dataset, limitRows } from "../../src/data/dataset.ts";
import { inputDensity, sampledRows } from "../../src/data/input-density.ts";
import { loadData } from "../../src/data/load-data.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { npyBytes } from "../../src/data/npy/write-npy.ts";
import { loadPart } from "../../src/data/part/load-part.ts";
import { rowsOf } from "../../src/parallel/shards.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";

/** A data set of 3 rows of 4. */
const setOf = (...images: number[]): Dataset => ({
  images: Float32Array.from(images),
  rows: 3,
  columns: 4,
  labels: Uint8Array.of(0, 1, 0),
  classes: 2,
  scale: 1,
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

test("of wide rows fewer are counted, and never fewer than 64", () => {
  const counted = (rows: number, columns: number): number => sampledRows({ rows, columns }).length;
  expect([4, 784, 4096, 1e6].map((columns) => counted(60_000, columns))).toEqual([1024, 1024, 256, 64]);
  expect(counted(10, 784)).toBe(10);
  expect(Array.from(sampledRows({ rows: 128, columns: 2 ** 14 }))).toEqual(
    Array.from({ length: 64 }, (_, i) => 2 * i),
  );
});

/** Rows whose first ones are mostly zeros, and the last ones not: every part has a density of its own. */
function unevenNpy(rows: number): { readonly path: string; readonly labels: string } {
  const x = Float32Array.from({ length: rows * 16 }, (_, i) => (i % 97 < Math.floor(i / 16 / 4) ? 1 : 0));
  const folder = folderOf({
    "x.npy": npyBytes({ shape: [rows, 16], data: x }),
    "y.npy": npyBytes({ shape: [rows], data: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i % 3)) }),
  });
  return { path: join(folder, "x.npy"), labels: join(folder, "y.npy") };
}

test.each([
  ["all rows in order", {}, undefined],
  ["some rows kept for validation", { validation: 0.3, test: 0.1, standardize: false }, undefined],
  ["a limit", {}, 150],
] as const)("of %s every part of a set knows the density of the whole", async (_, more, limit) => {
  const uneven = unevenNpy(300);
  const idx = folderOf(learnableFiles(300));
  for (const { path, ...options } of [{ ...uneven, standardize: false }, { path: idx }]) {
    const whole = await loadData(path, { ...options, ...more });
    const expected = inputDensity(limit === undefined ? whole.train : limitRows(whole.train, limit));
    expect(expected).toBeGreaterThan(0);
    const parts = [0, 1, 3].map(async (part) => {
      const own = (rows: number): ReturnType<typeof rowsOf> => rowsOf(rows, 4, part);
      const { train } = await loadPart(
        path,
        { ...options, ...more },
        { limit, train: own, validation: own, test: own },
      );
      expect(train.held).toMatchObject(rowsOf(limit ?? train.rows, 4, part));
      return inputDensity(limit === undefined ? train : limitRows(train, limit));
    });
    expect(await Promise.all(parts)).toEqual([expected, expected, expected]);
  }
});
