// Columns of mean 0 and standard deviation 1, and columns without gaps: statistics of the training rows, for all rows.
import { DataError } from "../../errors.ts";
import type { Dataset, Standardization } from "../dataset.ts";

type Matrix = Pick<Dataset, "images" | "rows" | "columns">;

/**
 * Mean and standard deviation (of the rows, ddof 0) of every column, summed in float64 in the order of the rows, the
 * squares around the mean. A constant column has itself as its mean and 1 as its standard deviation, so that it
 * becomes 0.
 *
 * @throws DataError naming a column whose numbers are too large to be summed.
 */
export function columnStatistics({ images, rows, columns }: Matrix, file: string): Standardization {
  const mean = columnMeans({ images, rows, columns });
  const squares = new Float64Array(columns);
  const isConstant = new Uint8Array(columns).fill(1);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = images[at] ?? 0;
      const difference = value - (mean[j] ?? 0);
      squares[j] = (squares[j] ?? 0) + difference * difference;
      if (value !== images[j]) isConstant[j] = 0;
    }
  }
  const std = squares.map((sum) => Math.sqrt(sum / rows) || 1);
  for (let j = 0; j < columns; j++) {
    if (isConstant[j] === 0) continue;
    mean[j] = images[j] ?? 0;
    std[j] = 1;
  }
  requireFinite(mean, std, file);
  return { mean: Array.from(mean), std: Array.from(std) };
}

/** The mean of every column over its values that are not NaN; NaN for a column that has none. */
export function columnMeans({ images, rows, columns }: Matrix): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(columns);
  const counts = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = images[at] ?? 0;
      if (Number.isNaN(value)) continue;
      sums[j] = (sums[j] ?? 0) + value;
      counts[j] = (counts[j] ?? 0) + 1;
    }
  }
  return sums.map((sum, j) => sum / (counts[j] ?? 0));
}

/** Every NaN becomes its column's number of `fill`, in place. */
export function fillMissing({ images, columns }: Matrix, fill: ArrayLike<number>): void {
  for (let at = 0; at < images.length; at++) {
    if (Number.isNaN(images[at])) images[at] = fill[at % columns] ?? 0;
  }
}

/** (value − mean) / std: floats in place, bytes in a new Float32Array. */
export function standardizeValues(
  images: Dataset["images"],
  columns: number,
  { mean, std }: Standardization,
): Float32Array | Float64Array {
  const out = images instanceof Uint8Array ? new Float32Array(images.length) : images;
  for (let start = 0; start < images.length; start += columns) {
    for (let j = 0; j < columns; j++) {
      out[start + j] = ((images[start + j] ?? 0) - (mean[j] ?? 0)) / (std[j] ?? 1);
    }
  }
  return out;
}

function requireFinite(mean: Float64Array, std: Float64Array, file: string): void {
  const column = mean.findIndex((value, j) => !Number.isFinite(value) || !Number.isFinite(std[j]));
  if (column < 0) return;
  throw new DataError({
    file,
    column,
    expected: "a column whose mean and standard deviation a double can hold",
    found: `mean ${mean[column]}, standard deviation ${std[column]} in column ${column} (counted from 0)`,
    cure: "Scale the column down, or give the data without standardization.",
  });
}
