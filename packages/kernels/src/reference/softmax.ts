// softmax along the last axis: exp(x − max) / Σ exp(x − max) of each row.
import type { FloatArray, Tensor } from "../tensor.ts";
import { exp, expf } from "./exp.ts";
import { addToLane, newLanes, takeSum } from "./row-sum.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** The exponential that rounds as `data` does. */
export function expOf(data: FloatArray): (x: number) => number {
  return data instanceof Float32Array ? expf : exp;
}

/** The largest of `count` elements; −Infinity for none. A NaN need not be seen: it spoils the row's sum in any case. */
export function rowMax(data: FloatArray, start: number, stride: number, count: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) {
    const value = data[start + j * stride] ?? 0;
    if (value > max) max = value;
  }
  return max;
}

/**
 * out ← softmax(x) along the last axis, any rank ≥ 1, any strides; out may be x itself.
 * As in NumPy, a row that holds NaN or +Infinity, or nothing but −Infinity, becomes NaN; a single −Infinity becomes 0.
 */
export function softmax(x: Tensor, out: Tensor): void {
  const rows = rowCount(x);
  const count = rowLength(x);
  const stride = rowStride(x);
  const outStride = rowStride(out);
  const lanes = newLanes(out.data);
  const one = newLanes(out.data);
  const e = expOf(x.data);
  for (let row = 0; row < rows; row++) {
    const start = rowStart(x, row);
    const outStart = rowStart(out, row);
    const max = rowMax(x.data, start, stride, count);
    for (let j = 0; j < count; j++) {
      one[0] = (x.data[start + j * stride] ?? 0) - max;
      const value = e(one[0] ?? 0);
      out.data[outStart + j * outStride] = value;
      addToLane(lanes, j, value);
    }
    const sum = takeSum(lanes);
    for (let j = 0; j < count; j++) {
      const at = outStart + j * outStride;
      out.data[at] = (out.data[at] ?? 0) / sum;
    }
  }
}
