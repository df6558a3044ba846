// log softmax along the last axis: (x − max) − log Σ exp(x − max) of each row.
import type { Tensor } from "../tensor.ts";
import { log } from "./log.ts";
import { addToLane, newLanes, takeSum } from "./row-sum.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";
import { expOf, rowMax } from "./softmax.ts";

/**
 * out ← log softmax(x) along the last axis, any rank ≥ 1, any strides; out may be x itself. Exact in the sense that no
 * small number is added inside the logarithm, which is taken in float64 and then rounded to the dtype.
 * NaN and infinities as in `softmax`; an entry −Infinity stays −Infinity.
 */
export function logSoftmax(x: Tensor, out: Tensor): void {
  const rows = rowCount(x);
  const count = rowLength(x);
  const stride = rowStride(x);
  const outStride = rowStride(out);
  const lanes = newLanes(out.data);
  const rounded = newLanes(out.data);
  const e = expOf(x.data);
  for (let row = 0; row < rows; row++) {
    const start = rowStart(x, row);
    const outStart = rowStart(out, row);
    const max = rowMax(x.data, start, stride, count);
    for (let j = 0; j < count; j++) {
      rounded[0] = (x.data[start + j * stride] ?? 0) - max;
      const shifted = rounded[0] ?? 0;
      out.data[outStart + j * outStride] = shifted;
      addToLane(lanes, j, e(shifted));
    }
    rounded[0] = log(takeSum(lanes));
    const logSum = rounded[0] ?? 0;
    for (let j = 0; j < count; j++) {
      const at = outStart + j * outStride;
      out.data[at] = (out.data[at] ?? 0) - logSum;
    }
  }
}
