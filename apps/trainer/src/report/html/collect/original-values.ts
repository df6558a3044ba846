// A row as it was before it was standardized: the numbers that its reader knows.
import type { Dataset, Standardization } from "../../../data/dataset.ts";

/** value · std + mean for each column, or the values themselves where nothing was done to them. */
export function originalValues(
  { images, columns }: Dataset,
  row: number,
  standardization: Standardization | undefined,
): Float64Array {
  const values = Float64Array.from(images.subarray(row * columns, (row + 1) * columns));
  if (standardization === undefined) return values;
  const { mean, std } = standardization;
  return values.map((value, j) => value * (std[j] ?? 1) + (mean[j] ?? 0));
}
