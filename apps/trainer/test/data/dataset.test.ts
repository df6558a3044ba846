// The rules of a data set: what is joined, converted and counted, and what is refused with its row.
import { describe, expect, test } from "vitest";
import { checkTrainingData } from "../../src/data/check-dataset.ts";
import { type DataDescription, type Dataset, limitRows, toDataset } from "../../src/data/dataset.ts";
import { type Idx, parseIdx } from "../../src/data/idx.ts";
import { UsageError } from "../../src/errors.ts";
import { bigEndian, F32, F64, I8, I16, I32, idxBytes, U8 } from "../support/idx-bytes.ts";
import { faultOf, thrownBy } from "../support/thrown.ts";

const idx = (file: string, type: number, shape: readonly number[], values: readonly number[]): Idx =>
  parseIdx(idxBytes(type, shape, type === U8 ? values : bigEndian(type, values)), file);
const images = (type: number, values: readonly number[]): Idx =>
  idx("images", type, [values.length / 2, 2], values);
const labels = (...values: number[]): Idx => idx("labels", U8, [values.length], values);
const refused = (...given: Parameters<typeof toDataset>) => faultOf(thrownBy(() => toDataset(...given)));

describe("values", () => {
  test("bytes stay a view, scaled by 1/255", () => {
    const source = idx("images", U8, [2, 1, 3], [1, 2, 3, 4, 5, 6]);
    const dataset = toDataset(source, labels(1, 0));
    expect(dataset).toMatchObject({ rows: 2, columns: 3, classes: 2, scale: 1 / 255 });
    expect(dataset.images).toBe(source.data);
  });

  test.each([
    ["float32", F32, Float32Array],
    ["float64", F64, Float64Array],
    ["int8", I8, Float32Array],
    ["int16", I16, Float32Array],
    ["int32", I32, Float32Array],
  ])("%s has scale 1", (_, type, array) => {
    const dataset = toDataset(images(type, [1, -2, 3, 4]), labels(0, 1));
    expect(dataset.images).toBeInstanceOf(array);
    expect(Array.from(dataset.images)).toEqual([1, -2, 3, 4]);
    expect(dataset.scale).toBe(1);
  });

  test.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
  ])("%s is refused with its row and column", (text, value) => {
    expect(refused(images(F32, [1, 2, 3, value]), labels(0, 1))).toMatchObject({
      file: "images",
      row: 1,
      column: 1,
      found: text,
    });
  });
});

describe("labels", () => {
  const three = images(U8, [1, 2, 3, 4, 5, 6]);

  test("there is one class more than the largest label, and never less than two", () => {
    expect(toDataset(three, labels(0, 4, 2)).classes).toBe(5);
    expect(toDataset(three, labels(0, 0, 0)).classes).toBe(2);
    expect(toDataset(three, labels(0, 1, 0), { classes: 7 }).classes).toBe(7);
  });

  test("whole numbers of any type are labels", () => {
    for (const type of [I8, I16, I32, F32, F64]) {
      expect(Array.from(toDataset(three, idx("labels", type, [3], [2, 0, 1])).labels)).toEqual([2, 0, 1]);
    }
  });

  test("a label out of range names its row, the value and the classes", () => {
    const fault = refused(three, labels(0, 1, 3), { classes: 3 });
    expect(fault).toMatchObject({ file: "labels", row: 2, found: "3" });
    expect(fault.expected).toContain("0 to 2");
  });

  test.each([
    ["-1", -1],
    ["1.5", 1.5],
    ["NaN", Number.NaN],
  ])("the label %s is refused with its row", (text, value) => {
    expect(refused(three, idx("labels", F32, [3], [0, value, 1]))).toMatchObject({ row: 1, found: text });
  });

  test("a label so large that no net could have its classes is refused", () => {
    const fault = refused(three, idx("labels", I32, [3], [0, 1, 2147483647]));
    expect(fault).toMatchObject({ row: 2, found: "the label 2147483647" });
  });

  test("a number of classes that is none is a usage error", () => {
    for (const classes of [0, 1, 2.5, -3, Number.NaN, 1e9]) {
      expect(() => toDataset(three, labels(0, 1, 0), { classes })).toThrow(UsageError);
    }
  });
});

describe("sizes", () => {
  test("counts that differ name both counts and both files", () => {
    const message = String(thrownBy(() => toDataset(images(U8, [1, 2, 3, 4]), labels(0, 1, 0))));
    for (const part of ["images", "labels", "2 images", "3 labels"]) expect(message).toContain(part);
  });

  test("no rows and no columns are refused", () => {
    expect(refused(idx("images", U8, [0, 2], []), labels()).found).toBe("0 rows of 2 values");
    expect(refused(idx("images", U8, [2, 0], []), labels(0, 1)).found).toBe("2 rows of 0 values");
  });

  test("images and labels that changed places are noticed", () => {
    expect(refused(labels(0, 1), labels(0, 1)).cure).toContain("label file");
    expect(refused(images(U8, [1, 2]), images(U8, [1, 2])).cure).toContain("image file");
  });
});

describe("a limit", () => {
  const dataset = toDataset(images(U8, [1, 2, 3, 4, 5, 6]), labels(0, 1, 0));

  test("keeps the first rows as views", () => {
    const two = limitRows(dataset, 2);
    expect([two.rows, Array.from(two.images), Array.from(two.labels)]).toEqual([2, [1, 2, 3, 4], [0, 1]]);
    expect(two.images.buffer).toBe(dataset.images.buffer);
    expect(limitRows(dataset, 3).images).toHaveLength(6);
  });

  test.each([0, -1, 4, 1.5, Number.NaN])("of %s rows out of 3 is refused", (n) => {
    expect(faultOf(thrownBy(() => limitRows(dataset, n)))).toMatchObject({ found: String(n) });
  });
});

describe("data that were not read from files", () => {
  const good: Dataset = {
    images: Float32Array.of(1, 2, 3, 4),
    rows: 2,
    columns: 2,
    labels: Int32Array.of(0, 1),
    classes: 2,
    scale: 1,
  };
  const check = (train: Partial<Dataset>, test: Partial<Dataset> = {}): unknown =>
    thrownBy(() =>
      checkTrainingData({ name: "mine", train: { ...good, ...train }, test: { ...good, ...test } }),
    );

  test("are taken when they fit", () => {
    expect(() => checkTrainingData({ name: "mine", train: good, test: good })).not.toThrow();
  });

  test.each<[string, Partial<Dataset>]>([
    ["images too short", { images: Float32Array.of(1, 2, 3) }],
    ["labels too many", { labels: Int32Array.of(0, 1, 0) }],
    ["a row that is no count", { rows: 1.5 }],
    ["a single class", { classes: 1, labels: Int32Array.of(0, 0) }],
    ["a negative label", { labels: Int32Array.of(0, -1) }],
    ["NaN", { images: Float32Array.of(1, 2, Number.NaN, 4) }],
    ["a scale that is not finite", { scale: Number.NaN }],
  ])("are refused in either set: %s", (_, wrong) => {
    expect(faultOf(check(wrong)).file).toContain("mine, training");
    expect(faultOf(check({}, wrong)).file).toContain("mine, test");
  });

  test("are refused when training and test rows differ in width or classes", () => {
    expect(faultOf(check({}, { images: Float32Array.of(1, 2), columns: 1 })).expected).toContain("2 columns");
    expect(faultOf(check({}, { classes: 3 })).expected).toContain("2 classes");
  });

  test("are judged in the validation set too, and each set is called by its name", () => {
    const nan = { ...good, images: Float32Array.of(1, 2, 3, Number.NaN) };
    const faultWith = (validation: Dataset) =>
      faultOf(thrownBy(() => checkTrainingData({ name: "mine", train: good, validation, test: good })));
    expect(faultWith(nan)).toMatchObject({ file: "mine, validation images", row: 1, column: 1 });
    expect(faultWith({ ...good, classes: 3 }).expected).toContain("validation rows of 2 classes");
    expect(() =>
      checkTrainingData({ name: "mine", train: good, validation: good, test: good }),
    ).not.toThrow();
  });

  test.each<[string, DataDescription]>([
    ["class names", { classNames: ["a"] }],
    ["column names", { columnNames: ["a", "b", "c"] }],
    ["an image shape", { imageShape: [2, 2] }],
    ["an image shape below 1", { imageShape: [-1, -2] }],
    ["means", { standardization: { mean: [0], std: [1, 1] } }],
    ["standard deviations", { standardization: { mean: [0, 0], std: [1, 0] } }],
    ["means that are not finite", { standardization: { mean: [0, Number.NaN], std: [1, 1] } }],
  ])("are refused when their description does not fit: %s", (_, description) => {
    const fault = faultOf(
      thrownBy(() => checkTrainingData({ name: "mine", train: good, test: good, description })),
    );
    expect(fault.file).toBe("mine, description");
  });
});
