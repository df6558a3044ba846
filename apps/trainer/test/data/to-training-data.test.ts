// Arrays of a program become data: whatever their kind, the same numbers, and nothing given is changed.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { toTrainingData } from "../../src/data/to-training-data.ts";
import { UsageError } from "../../src/errors.ts";
import { faultOf, thrownBy } from "../support/thrown.ts";

const VALUES = [1, 2, 3, 4, 5, 6, 7, 8];
const T = [0, 1, 0, 1];
const own = { x: [[9, 9]], t: [1] };

describe("x may be", () => {
  const columnMajor = ndarray(Float64Array.of(1, 3, 5, 7, 2, 4, 6, 8), [4, 2], [1, 4]);
  const reversed = ndarray(Float32Array.from(VALUES).reverse(), [4, 2]).step(-1, -1);

  test.each([
    ["a typed array with its columns", { data: Float32Array.from(VALUES), columns: 2 }],
    [
      "nested arrays",
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    ],
    ["an ndarray", ndarray(Float32Array.from(VALUES), [4, 2])],
    ["an ndarray in column order", columnMajor],
    ["a reversed ndarray", reversed],
    ["whole numbers", { data: Int32Array.from(VALUES), columns: 2 }],
  ])("%s", (_, x) => {
    const { train, test: held } = toTrainingData({ x, t: T, test: own, standardize: false });
    expect(Array.from(train.images)).toEqual(VALUES);
    expect([Array.from(train.labels), Array.from(held.images)]).toEqual([T, [9, 9]]);
  });

  test("bytes, which stay bytes and pictures", () => {
    const x = ndarray(Uint8Array.from(VALUES), [2, 2, 2]);
    const { train, description } = toTrainingData({
      x,
      t: [0, 1],
      test: { x: ndarray(Uint8Array.of(1, 2, 3, 4), [1, 2, 2]), t: [0] },
    });
    expect(train).toMatchObject({ scale: 1 / 255, columns: 4 });
    expect(description).toEqual({ imageShape: [2, 2] });
  });
});

test("t may be a list, a typed array, or an ndarray of one column", () => {
  for (const t of [
    T,
    Uint8Array.from(T),
    ndarray(Int32Array.from(T), [4]),
    ndarray(Float64Array.from(T), [4, 1]),
  ]) {
    const data = toTrainingData({ x: { data: Float32Array.from(VALUES), columns: 2 }, t, test: own });
    expect(Array.from(data.train.labels)).toEqual(T);
  }
});

test("nothing given is changed", () => {
  const x = Float64Array.from(VALUES);
  const t = Int32Array.from(T);
  toTrainingData({ x: { data: x, columns: 2 }, t, test: 0.25, validation: 0.3 });
  expect([Array.from(x), Array.from(t)]).toEqual([VALUES, T]);
});

test("rows are split and standardized as those of a file, and names are kept", () => {
  const data = toTrainingData({
    x: Array.from({ length: 20 }, (_, i) => [i, i * i]),
    t: Array.from({ length: 20 }, (_, i) => i % 2),
    classNames: ["even", "odd", "neither"],
    columnNames: ["n", "n²"],
    validation: 0.25,
    name: "squares",
  });
  expect([data.train.rows, data.validation?.rows, data.test.rows, data.name]).toEqual([12, 4, 4, "squares"]);
  expect(data.train.classes).toBe(3);
  expect(data.description).toMatchObject({
    classNames: ["even", "odd", "neither"],
    columnNames: ["n", "n²"],
  });
  expect(data.description?.standardization?.mean).toHaveLength(2);
});

describe("is refused:", () => {
  const x = { data: Float32Array.from(VALUES), columns: 2 };

  test("a number of columns that does not fit", () => {
    for (const columns of [0, 3, 1.5])
      expect(faultOf(thrownBy(() => toTrainingData({ x: { ...x, columns }, t: T }))).found).toContain(
        `${columns}`,
      );
  });

  test("ragged rows, NaN, labels that are no classes, too few names", () => {
    const fault = (given: Parameters<typeof toTrainingData>[0]) =>
      faultOf(thrownBy(() => toTrainingData(given)));
    expect(fault({ x: [[1, 2], [3]], t: [0, 1] }).file).toBe("arrays, x");
    expect(
      fault({
        x: [
          [1, 2],
          [3, Number.NaN],
        ],
        t: [0, 1],
      }),
    ).toMatchObject({ row: 1, column: 1 });
    expect(fault({ x, t: [0, 1, 0.5, 1] })).toMatchObject({ row: 2, found: "0.5" });
    expect(fault({ x, t: [0, 1, 2, 1], classNames: ["a", "b"] })).toMatchObject({ row: 2, found: "2" });
    expect(fault({ x, t: T, columnNames: ["a"] }).expected).toBe("2 column names, one a column");
    expect(fault({ x, t: [0, 1] }).found).toBe("2 labels");
  });

  test("a share or a seed out of range", () => {
    expect(() => toTrainingData({ x, t: T, test: 1 })).toThrow(UsageError);
    expect(() => toTrainingData({ x, t: T, seed: 0.5 })).toThrow(UsageError);
  });
});
