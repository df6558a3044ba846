// Rows of a data set as a net takes them: scaled, in its dtype.
import type { Dtype } from "@gradloom/core";
import { defaultKernels, type Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import type { Dataset } from "../../../data/dataset.ts";

/** The rows (rows.length, D). Bytes take the way they take in training, so that they become the same floats. */
export function samplesOf(set: Dataset, rows: Int32Array, dtype: Dtype): Tensor {
  const { images, columns, scale } = set;
  const size = rows.length * columns;
  const data = dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
  const x = ndarray(data, [rows.length, columns]);
  if (images instanceof Uint8Array) {
    return defaultKernels().gatherRows(ndarray(images, [set.rows, columns]), ndarray(rows), x, { scale });
  }
  rows.forEach((row, i) => {
    for (let j = 0; j < columns; j++) data[i * columns + j] = images[row * columns + j] * scale;
  });
  return x;
}

/** `count` row numbers from 0 to `rows` − 1, evenly spaced; all of them when there are no more. */
export function spacedRows(rows: number, count: number): Int32Array {
  const n = Math.min(rows, count);
  return Int32Array.from({ length: n }, (_, i) => Math.floor((i * rows) / n));
}
