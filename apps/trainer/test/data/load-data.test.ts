// One door for all data: what each kind becomes, what is standardized by whom, and which options belong where.
import { describe, expect, test } from "vitest";
import { checkTrainingData } from "../../src/data/check-dataset.ts";
import type { DataOptions } from "../../src/data/data-options.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { loadData } from "../../src/data/load-data.ts";
import { npyBytes } from "../../src/data/npy/write-npy.ts";
import { npzBytes } from "../../src/data/npy/write-npz.ts";
import { UsageError } from "../../src/errors.ts";
import { folderOf, smallFiles } from "../support/data-folder.ts";
import { fileOf } from "../support/temporary-file.ts";
import { faultOf } from "../support/thrown.ts";

const IRIS = new URL("../fixtures/iris.csv", import.meta.url).pathname;
const error = async (path: string | undefined, options: DataOptions = {}): Promise<unknown> =>
  await loadData(path, options).catch((thrown: unknown) => thrown);
const rowsOf = ({ images, columns }: Dataset): string[] =>
  Array.from({ length: images.length / columns }, (_, i) =>
    images.subarray(i * columns, (i + 1) * columns).join(),
  );

describe("CSV", () => {
  test("iris becomes 120 training and 30 test rows, ten of each class, with names for all", async () => {
    const data = await loadData(IRIS);
    checkTrainingData(data);
    expect(data).toMatchObject({
      name: IRIS,
      train: { rows: 120, columns: 4, classes: 3 },
      test: { rows: 30 },
    });
    expect([0, 1, 2].map((c) => data.test.labels.filter((label) => label === c).length)).toEqual([
      10, 10, 10,
    ]);
    expect(data.description).toMatchObject({
      classNames: ["setosa", "versicolor", "virginica"],
      columnNames: ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
      label: "species",
    });
  });

  test("a validation set is taken from the training rows, and the test set stays the same", async () => {
    const without = await loadData(IRIS, { standardize: false });
    const data = await loadData(IRIS, { standardize: false, validation: 0.25 });
    expect([data.train.rows, data.validation?.rows, data.test.rows]).toEqual([90, 30, 30]);
    expect(rowsOf(data.test)).toEqual(rowsOf(without.test));
    const all = [data.train, data.validation ?? data.train, data.test].flatMap(rowsOf).sort();
    expect(all).toEqual([without.train, without.test].flatMap(rowsOf).sort());
  });

  test("the seed decides who is where, and nothing else does", async () => {
    const rows = async (seed?: number) => rowsOf((await loadData(IRIS, { seed, standardize: false })).test);
    expect(await rows()).toEqual(await rows(0));
    expect(await rows(1)).not.toEqual(await rows(0));
  });

  test("statistics are those of the training rows alone, used for all rows", async () => {
    const raw = await loadData(IRIS, { standardize: false, validation: 0.2 });
    const ready = await loadData(IRIS, { validation: 0.2 });
    const { mean = [], std = [] } = ready.description?.standardization ?? {};
    for (let j = 0; j < 4; j++) {
      const column = (set: Dataset) => Array.from(set.images).filter((_, i) => i % 4 === j);
      const values = column(raw.train);
      const average = values.reduce((sum, x) => sum + x, 0) / values.length;
      expect(mean[j]).toBeCloseTo(average, 12);
      expect(std[j]).toBeCloseTo(
        Math.sqrt(values.reduce((sum, x) => sum + (x - average) ** 2, 0) / values.length),
        12,
      );
      expect(column(ready.test)[0]).toBe(((column(raw.test)[0] ?? 0) - (mean[j] ?? 0)) / (std[j] ?? 1));
    }
  });

  test("a test row that is far off changes no statistic and no training row", async () => {
    // Rows are taken by number and label, so only the value of one test row differs.
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 2 === 0 ? "a" : "b"}`);
    const test = await loadData(fileOf("a.csv", lines.join("\n")), { standardize: false });
    const row = Number(rowsOf(test.test)[0]);
    const train = await loadData(fileOf("a.csv", lines.join("\n")));
    expect(row).toBeLessThan(7);
    const numbered = Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? "a" : "b"}`);
    const taken = Number(
      rowsOf((await loadData(fileOf("b.csv", numbered.join("\n")), { standardize: false })).test)[0],
    );
    const far = lines.map((line, i) => (i === taken ? line.replace(/^\d+/, "1e6") : line));
    const other = await loadData(fileOf("a.csv", far.join("\n")));
    expect(other.description?.standardization).toEqual(train.description?.standardization);
    expect(other.train.images).toEqual(train.train.images);
    expect(other.test.images).not.toEqual(train.test.images);
  });

  test("missing values get the mean of the training rows", async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i},${i === 3 ? "" : i},${i % 2}`);
    const { train, test } = await loadData(fileOf("a.csv", lines.join("\n")), {
      missing: "mean",
      standardize: false,
    });
    const present = Array.from(train.images).filter((_, i) => i % 2 === 1 && train.images[i - 1] !== 3);
    const mean = present.reduce((sum, x) => sum + x, 0) / present.length;
    const all = [...train.images, ...test.images];
    expect(all[all.findIndex((x, i) => i % 2 === 0 && x === 3) + 1]).toBeCloseTo(mean, 12);
  });

  test("a column that is always missing has no mean, and is named", async () => {
    const path = fileOf("a.csv", "a,b,c\n1,,x\n2,,y\n3,,x\n4,,y\n");
    expect(faultOf(await error(path, { missing: "mean" }))).toMatchObject({ columnName: "b" });
  });
});

describe("arrays", () => {
  const x = Float32Array.from({ length: 40 }, (_, i) => i);
  const y = BigInt64Array.from({ length: 10 }, (_, i) => BigInt(i % 2));

  test("of an .npz are x_train and y_train, with a test set of their own or without", async () => {
    const train = [
      ["x_train", { shape: [10, 4], data: x }],
      ["y_train", { shape: [10, 1], data: y }],
    ] as const;
    const split = await loadData(fileOf("a.npz", npzBytes(train)));
    expect([split.train.rows, split.test.rows, split.train.columns]).toEqual([8, 2, 4]);
    const own = [
      ...train,
      ["x_test", { shape: [5, 4], data: x.slice(0, 20) }],
      ["y_test", { shape: [5], data: y.slice(0, 5) }],
    ] as const;
    const whole = await loadData(fileOf("a.npz", npzBytes(own)), { standardize: false });
    expect([whole.train.rows, whole.test.rows]).toEqual([10, 5]);
    expect(Array.from(whole.train.images)).toEqual(Array.from(x));
  });

  test("of bytes stay bytes, pictures are known by their axes, and neither is standardized", async () => {
    const arrays = [
      ["x", { shape: [10, 2, 2], data: Uint8Array.from(x) }],
      ["y", { shape: [10], data: Uint8Array.from(y, Number) }],
    ] as const;
    const { train, description } = await loadData(fileOf("a.npz", npzBytes(arrays)));
    expect(train).toMatchObject({ scale: 1 / 255, columns: 4 });
    expect(train.images).toBeInstanceOf(Uint8Array);
    expect(description).toEqual({ imageShape: [2, 2] });
    const floats = npzBytes([
      ["x", { shape: [10, 2, 2], data: x }],
      ["y", { shape: [10], data: y }],
    ]);
    expect((await loadData(fileOf("a.npz", floats))).description).toEqual({ imageShape: [2, 2] });
  });

  test("of an .npy need a file with labels", async () => {
    const path = fileOf("x.npy", npyBytes({ shape: [10, 4], data: x }));
    const labels = fileOf("y.npy", npyBytes({ shape: [10], data: y }));
    const { train, description } = await loadData(path, { labels, test: 0.3 });
    expect(train.rows).toBe(7);
    expect(description?.standardization?.mean).toHaveLength(4);
    expect(await error(path)).toBeInstanceOf(UsageError);
  });

  test("that hold NaN are refused with the row of the file", async () => {
    const bad = x.slice();
    bad[13] = Number.NaN;
    const path = fileOf("x.npy", npyBytes({ shape: [10, 4], data: bad }));
    const labels = fileOf("y.npy", npyBytes({ shape: [10], data: y }));
    expect(faultOf(await error(path, { labels }))).toMatchObject({
      file: path,
      row: 3,
      column: 1,
      found: "NaN",
    });
  });

  test("that are one-hot come with the cure", async () => {
    const arrays = [
      ["x", { shape: [10, 4], data: x }],
      ["y", { shape: [10, 2], data: x.slice(0, 20) }],
    ] as const;
    expect(faultOf(await error(fileOf("a.npz", npzBytes(arrays)))).cure).toContain("argmax");
    expect(
      faultOf(await error(fileOf("a.npz", npzBytes([["z", { shape: [1], data: x.slice(0, 1) }]])))).found,
    ).toBe("only z");
  });
});

describe("IDX", () => {
  test("a folder keeps its own test set, whatever share is asked for, and may give a validation set", async () => {
    const folder = folderOf(smallFiles());
    const data = await loadData(folder, { test: 0.5, validation: 0.25 });
    expect([data.train.rows, data.validation?.rows, data.test.rows]).toEqual([3, 1, 2]);
    expect(data.description).toEqual({ imageShape: [2, 2] });
  });

  test("pictures are standardized on request", async () => {
    const { train, description } = await loadData(folderOf(smallFiles()), { standardize: true });
    expect(train.images).toBeInstanceOf(Float32Array);
    expect(train.scale).toBe(1);
    expect(description?.standardization?.mean).toEqual([60, 70, 80, 90]);
  });
});

describe("is refused:", () => {
  test.each<[string, DataOptions]>([
    ["test", { test: 0 }],
    ["test", { test: 1 }],
    ["validation", { validation: 1 }],
    ["validation", { validation: -0.1 }],
    ["label", { label: 0.5 }],
    ["seed", { seed: -1 }],
    ["classes", { classes: 1 }],
    ["missing", { missing: "zero" as "mean" }],
    ["labels", { labels: "y.npy" }],
  ])("an option out of range or place: %s", async (name, options) => {
    const thrown = await error(IRIS, options);
    expect(thrown).toBeInstanceOf(UsageError);
    expect(String(thrown)).toContain(name);
  });

  test("an option for CSV beside other data, but not the default policy", async () => {
    for (const options of [{ label: 0 }, { header: true }, { missing: "drop" as const }])
      expect(String(await error(folderOf(smallFiles()), options))).toContain("CSV");
    expect(await error(folderOf(smallFiles()), { missing: "refuse" })).toHaveProperty("train");
  });

  test("too few rows for the parts", async () => {
    const path = fileOf("a.csv", "1,a\n2,b\n");
    expect(faultOf(await error(path, { validation: 0.5 }))).toMatchObject({ found: "2" });
  });

  test.each([
    ["data.txt", "ends in .txt"],
    ["data", "without an extension"],
  ])("a file of another kind: %s", async (name, found) => {
    expect(faultOf(await error(fileOf(name, "x")))).toMatchObject({ found: expect.stringContaining(found) });
  });

  test("a path with nothing there, or no path", async () => {
    expect(faultOf(await error("/no/such/file.csv")).found).toBe("nothing at that path");
    expect(await error("")).toBeInstanceOf(UsageError);
  });
});
