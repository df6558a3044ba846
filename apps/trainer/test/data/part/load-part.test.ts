// One process's rows of a data set: the same numbers as in the whole, and no byte of the other rows is read.
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { DataOptions } from "../../../src/data/data-options.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import type { RowRange } from "../../../src/data/held-rows.ts";
import { sampledRows } from "../../../src/data/input-density.ts";
import { loadData } from "../../../src/data/load-data.ts";
import { npyBytes } from "../../../src/data/npy/write-npy.ts";
import { loadPart, type OwnRows } from "../../../src/data/part/load-part.ts";
import { probedRows, probeOfSet } from "../../../src/data/part/probe.ts";
import { DataError } from "../../../src/errors.ts";
import { rowsOf } from "../../../src/parallel/shards.ts";
import { folderOf, learnableFiles, TRAIN_IMAGES, TRAIN_LABELS } from "../../support/data-folder.ts";

const ROWS = 403;

function rejectedBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The third quarter of every set. */
function quarter(limit?: number): OwnRows {
  const part = (rows: number): RowRange => rowsOf(rows, 4, 2);
  return { limit, train: part, validation: part, test: part };
}

function rowsIn(set: Dataset, { from, to }: RowRange): Dataset["images"] {
  return set.images.subarray(from * set.columns, to * set.columns);
}

/** x and y as NPY files: pictures of 4×4 floats, which are not standardized by themselves. */
function npyFolder(change: (x: Float32Array) => void = () => {}): string {
  const x = Float32Array.from({ length: ROWS * 16 }, (_, i) => Math.fround(i / 7));
  change(x);
  const y = BigInt64Array.from({ length: ROWS }, (_, i) => BigInt(i % 3));
  return folderOf({
    "x.npy": npyBytes({ shape: [ROWS, 4, 4], data: x }),
    "y.npy": npyBytes({ shape: [ROWS], data: y }),
  });
}

function dataOf(kind: "IDX" | "NPY"): { readonly path: string; readonly options: DataOptions } {
  if (kind === "IDX") return { path: folderOf(learnableFiles(ROWS)), options: {} };
  const folder = npyFolder();
  return { path: join(folder, "x.npy"), options: { labels: join(folder, "y.npy") } };
}

test.each([
  ["IDX", {}],
  ["IDX", { validation: 0.2, seed: 5 }],
  ["NPY", {}],
  ["NPY", { validation: 0.3, test: 0.1 }],
] as const)(
  "%s with %o: a part has the rows that the whole has there, and all labels",
  async (kind, more) => {
    const { path, options } = dataOf(kind);
    const whole = await loadData(path, { ...options, ...more });
    const part = await loadPart(path, { ...options, ...more }, quarter());
    for (const name of ["train", "validation", "test"] as const) {
      const [all, mine] = [whole[name], part[name]];
      expect(mine?.held === undefined).toBe(all === undefined);
      if (all === undefined || mine === undefined) continue;
      const range = rowsOf(all.rows, 4, 2);
      expect(mine.held).toMatchObject(range);
      expect(mine.images).toEqual(rowsIn(all, range));
      expect(Array.from(mine.labels)).toEqual(Array.from(all.labels));
      const { images: _, labels: __, held: ___, ...sizes } = mine;
      expect(all).toMatchObject(sizes);
      expect(probeOfSet(mine)).toBe(probeOfSet(all));
    }
    expect(part.description).toEqual(whole.description);
  },
);

test("with a limit the part and the rows that all look at are those of the rows that are used", async () => {
  const { path } = dataOf("IDX");
  const { train } = await loadData(path);
  const part = await loadPart(path, {}, quarter(100));
  expect(part.train.held).toMatchObject(rowsOf(100, 4, 2));
  expect(part.train.rows).toBe(ROWS);
  expect(probeOfSet(part.train)).toBe(probeOfSet({ ...train, rows: 100 }));
});

test("a file far larger than the memory is no trouble: 64 GiB with holes, of which a 4096th is read", async () => {
  const [rows, side] = [2 ** 20, 256];
  const folder = folderOf(learnableFiles(ROWS));
  const sizes = (...all: number[]): number[] =>
    all.flatMap((size) => [24, 16, 8, 0].map((by) => (size >>> by) & 255));
  for (const name of ["train", "t10k"]) {
    const file = join(folder, `${name}-images-idx3-ubyte`);
    writeFileSync(file, Uint8Array.from([0, 0, 8, 3, ...sizes(rows, side, side)]));
    truncateSync(file, 16 + rows * side * side);
    const labels = new Uint8Array(8 + rows).fill(1);
    labels.set([0, 0, 8, 1, ...sizes(rows)]);
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), labels);
  }
  const marked = 1000 * 256;
  const handle = openSync(join(folder, TRAIN_IMAGES), "r+");
  writeSync(handle, Uint8Array.of(77), 0, 1, 16 + marked * side * side + 5);
  closeSync(handle);
  const part = (count: number): RowRange => rowsOf(count, 4096, 1000);
  const { train } = await loadPart(
    folder,
    {},
    { limit: undefined, train: part, validation: part, test: part },
  );
  expect(train.held).toMatchObject({ from: marked, to: marked + 256 });
  expect(train.images).toHaveLength(256 * side * side);
  expect(train.images.indexOf(77)).toBe(5);
});

test("rows of others are not looked at, but for those that tell other data and how much is zero", async () => {
  const rows = 2000;
  const files = learnableFiles(rows);
  const path = folderOf(files);
  const spoilt = files[TRAIN_IMAGES]?.slice() ?? new Uint8Array();
  const { from, to } = rowsOf(rows, 4, 2);
  const looked = new Set([...probedRows(rows), ...sampledRows({ rows, columns: 16 })]);
  expect(looked.size).toBeLessThan(1100);
  for (let row = 0; row < rows; row++) {
    if ((row < from || row >= to) && !looked.has(row)) spoilt.fill(255, 16 + 16 * row, 32 + 16 * row);
  }
  const other = folderOf({ ...files, [TRAIN_IMAGES]: spoilt });
  const [good, bad] = [await loadPart(path, {}, quarter()), await loadPart(other, {}, quarter())];
  expect(bad.train).toEqual(good.train);
});

test("a number that is none is named by its row in the file, also where rows were shuffled", async () => {
  const row = 200;
  const folder = npyFolder((x) => x.fill(Number.NaN, 16 * row + 3, 16 * row + 4));
  const all = (rows: number): RowRange => ({ from: 0, to: rows });
  const own: OwnRows = { limit: undefined, train: all, validation: all, test: all };
  const error = await rejectedBy(loadPart(join(folder, "x.npy"), { labels: join(folder, "y.npy") }, own));
  expect(error).toMatchObject({ fault: { row, column: 3 } });
});

test.each([
  ["packed images", (files: Record<string, Uint8Array>) => packed(files), {}],
  ["data that are standardized", (files: Record<string, Uint8Array>) => files, { standardize: true }],
])("%s are read whole", async (_, change, options) => {
  const path = folderOf(change(learnableFiles(60)));
  expect(await loadPart(path, options, quarter())).toEqual(await loadData(path, options));
});

test("a file that is cut short fails as when it is read whole", async () => {
  const files = learnableFiles(60);
  const path = folderOf({ ...files, [TRAIN_IMAGES]: files[TRAIN_IMAGES]?.slice(0, -1) ?? new Uint8Array() });
  const [whole, part] = [await rejectedBy(loadData(path)), await rejectedBy(loadPart(path, {}, quarter()))];
  expect(part).toEqual(whole);
  expect(part).toBeInstanceOf(DataError);
});

test("labels are judged whole, whoever has the rows", async () => {
  const files = learnableFiles(60);
  const path = folderOf({ ...files, [TRAIN_LABELS]: files[TRAIN_LABELS]?.slice(0, -1) ?? new Uint8Array() });
  expect(await rejectedBy(loadPart(path, {}, quarter()))).toEqual(await rejectedBy(loadData(path)));
});

function packed(files: Record<string, Uint8Array>): Record<string, Uint8Array> {
  const { [TRAIN_IMAGES]: images = new Uint8Array(), ...rest } = files;
  return { ...rest, [`${TRAIN_IMAGES}.gz`]: gzipSync(images) };
}
