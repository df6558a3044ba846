// Data that a run may have for itself lie in its memory afterwards, and nowhere else; others are left as they are.
import { expect, test } from "vitest";
import type { Dataset, TrainingData } from "../../src/data/dataset.ts";
import { train } from "../../src/train.ts";

const COLUMNS = 256;
/** Enough for a buffer of more than a megabyte of bytes. */
const ROWS = 5000;
const TEST_ROWS = 50;

function bytesOf(rows: number): Uint8Array {
  return Uint8Array.from({ length: rows * COLUMNS }, (_, i) => (i * 7 + (i % 11)) % 256);
}

function setOf(images: Dataset["images"]): Dataset {
  const rows = images.length / COLUMNS;
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  return { images, labels, rows, columns: COLUMNS, classes: 2, scale: 1 / 255 };
}

const dataOf = (images: Dataset["images"]): TrainingData => ({
  name: "sawtooth",
  train: setOf(images),
  test: setOf(bytesOf(TEST_ROWS)),
});

/** Compares bytes: a test runner's own comparison of a million elements takes seconds. */
const isSame = ({ buffer, byteOffset, byteLength }: Dataset["images"], bytes: Uint8Array): boolean =>
  Buffer.compare(new Uint8Array(buffer, byteOffset, byteLength), bytes) === 0;

const OPTIONS = { workers: 2, epochs: 1, batchSize: 100, limitBatches: 20, hidden: 4 };
const canRelease = "transfer" in ArrayBuffer.prototype;

test("data taken over keep their values, and their buffer is given up", async () => {
  const images = bytesOf(ROWS);
  const data = dataOf(images);
  const { sha256 } = await train(data, OPTIONS, { takeOver: true });
  expect(data.train.images.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(isSame(data.train.images, bytesOf(ROWS))).toBe(true);
  expect(images.length).toBe(canRelease ? 0 : ROWS * COLUMNS);
  expect((await train(dataOf(bytesOf(ROWS)), OPTIONS)).sha256).toBe(sha256);
});

test("without being told to, a run leaves its caller's data alone", async () => {
  const images = bytesOf(ROWS);
  const data = dataOf(images);
  await train(data, OPTIONS);
  expect(data.train.images).toBe(images);
  expect(isSame(images, bytesOf(ROWS))).toBe(true);
});

test("of data that the run has in part, or as another type, nothing is taken", async () => {
  const part = dataOf(bytesOf(ROWS));
  const { images } = part.train;
  await train(part, { ...OPTIONS, limit: 2000 }, { takeOver: true });
  expect(part.train.images).toBe(images);
  expect(images.length).toBe(ROWS * COLUMNS);

  const doubles = Float64Array.from(bytesOf(ROWS), (value) => value / 255);
  const wide = dataOf(doubles);
  await train({ ...wide, test: setOf(Float64Array.from(bytesOf(TEST_ROWS))) }, OPTIONS, { takeOver: true });
  expect(wide.train.images).toBe(doubles);
  expect(doubles.length).toBe(ROWS * COLUMNS);
});

test("a buffer that another set lies in too is kept until that has moved", async () => {
  const all = bytesOf(ROWS);
  const most = (ROWS - TEST_ROWS) * COLUMNS;
  const data = { name: "one file", train: setOf(all.subarray(0, most)), test: setOf(all.subarray(most)) };
  await train(data, OPTIONS, { takeOver: true });
  expect(isSame(data.train.images, bytesOf(ROWS).subarray(0, most))).toBe(true);
  expect(isSame(data.test.images, bytesOf(ROWS).subarray(most))).toBe(true);
});

test("a buffer that labels lie in too, as in an uncompressed .npz file, is kept", async () => {
  const file = new Uint8Array(ROWS * COLUMNS + ROWS);
  const images = file.subarray(0, ROWS * COLUMNS);
  images.set(bytesOf(ROWS));
  const labels = file.subarray(ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row++) labels[row] = row % 2;
  const data = dataOf(images);
  const { sha256 } = await train({ ...data, train: { ...data.train, labels } }, OPTIONS, { takeOver: true });
  expect(labels.length).toBe(ROWS);
  expect(labels.subarray(0, 4)).toEqual(Uint8Array.of(0, 1, 0, 1));
  expect((await train(dataOf(bytesOf(ROWS)), OPTIONS)).sha256).toBe(sha256);
});
