// Mean and standard deviation of columns are scikit-learn's, constants become 0, and gaps get the mean.
import { describe, expect, test } from "vitest";
import {
  columnMeans,
  columnStatistics,
  fillMissing,
  standardizeValues,
} from "../../../src/data/prepare/standardize.ts";
import { faultOf, thrownBy } from "../../support/thrown.ts";

const matrix = (columns: number, ...values: number[]) => ({
  images: Float64Array.from(values),
  rows: values.length / columns,
  columns,
});

test("statistics are those of scikit-learn's StandardScaler", () => {
  // StandardScaler().fit([[5.1, 3.5], [4.9, 3.0], [7.0, 3.2], [6.3, 3.3]]): mean_ and scale_, scikit-learn 1.2.1.
  const { mean, std } = columnStatistics(matrix(2, 5.1, 3.5, 4.9, 3, 7, 3.2, 6.3, 3.3), "x");
  expect(mean[0]).toBeCloseTo(5.825, 14);
  expect(mean[1]).toBeCloseTo(3.25, 14);
  expect(std[0]).toBeCloseTo(0.8642193008721801, 14);
  expect(std[1]).toBeCloseTo(0.18027756377319942, 14);
});

test("values of a large mean and a small spread keep their digits", () => {
  const { mean, std } = columnStatistics(matrix(1, 1e9 + 1, 1e9 + 2, 1e9 + 3), "x");
  expect([mean[0], std[0]]).toEqual([1e9 + 2, Math.sqrt(2 / 3)]);
});

test("a constant column becomes exactly 0, though its sum is rounded", () => {
  const data = matrix(2, 0.1, 1, 0.1, 2, 0.1, 3);
  const statistics = columnStatistics(data, "x");
  expect([statistics.mean[0], statistics.std[0]]).toEqual([0.1, 1]);
  const ready = standardizeValues(data.images, 2, statistics);
  expect([ready[0], ready[2], ready[4]]).toEqual([0, 0, 0]);
});

test("a spread too small to be squared does not become a division by 0", () => {
  const { std } = columnStatistics(matrix(1, 1e-200, 2e-200), "x");
  expect(std).toEqual([1]);
});

test("a column too large to be summed is named", () => {
  const fault = faultOf(thrownBy(() => columnStatistics(matrix(2, 1, 1e308, 2, 1.7e308, 3, 1.7e308), "x")));
  expect(fault).toMatchObject({ file: "x", column: 1 });
});

describe("standardized values", () => {
  test("of floats are in place, of bytes in float32", () => {
    const floats = Float32Array.of(1, 2, 3, 4);
    const statistics = { mean: [2, 3], std: [1, 2] };
    expect(standardizeValues(floats, 2, statistics)).toBe(floats);
    expect(Array.from(floats)).toEqual([-1, -0.5, 1, 0.5]);
    const bytes = Uint8Array.of(1, 2, 3, 4);
    expect(standardizeValues(bytes, 2, statistics)).toEqual(Float32Array.of(-1, -0.5, 1, 0.5));
    expect(Array.from(bytes)).toEqual([1, 2, 3, 4]);
  });
});

describe("gaps", () => {
  test("are left out of the means and filled with them", () => {
    const data = matrix(2, 1, Number.NaN, 3, 4, Number.NaN, 6);
    const means = columnMeans(data);
    expect(Array.from(means)).toEqual([2, 5]);
    fillMissing(data, means);
    expect(Array.from(data.images)).toEqual([1, 5, 3, 4, 2, 6]);
  });

  test("in all rows leave no mean", () => {
    expect(columnMeans(matrix(1, Number.NaN, Number.NaN))).toEqual(Float64Array.of(Number.NaN));
  });
});
