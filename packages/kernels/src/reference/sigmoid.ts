// The logistic function and its backward form.
import type { Tensor } from "../tensor.ts";
import { roundingOf } from "./rounding.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";
import { expOf } from "./softmax.ts";

/**
 * out ← 1 / (1 + exp(−x)), any rank and strides; out may be x itself.
 * With e = exp(−|x|) it is 1/(1 + e) for x ≥ 0 and e/(1 + e) below: no overflow, and full precision at both ends.
 */
export function sigmoid(x: Tensor, out: Tensor): void {
  const rows = rowCount(x);
  const length = rowLength(x);
  const xStride = rowStride(x);
  const outStride = rowStride(out);
  const round = roundingOf(x);
  const e = expOf(x.data);
  for (let row = 0; row < rows; row++) {
    const xStart = rowStart(x, row);
    const outStart = rowStart(out, row);
    for (let j = 0; j < length; j++) {
      const value = x.data[xStart + j * xStride];
      const small = e(-Math.abs(value));
      out.data[outStart + j * outStride] = (value < 0 ? small : 1) / round(1 + small);
    }
  }
}

/** out ← (dout·(1 − y))·y, any rank and strides; y is sigmoid's result. out may be y or dout itself. */
export function sigmoidBackward(y: Tensor, dout: Tensor, out: Tensor): void {
  const rows = rowCount(y);
  const length = rowLength(y);
  const yStride = rowStride(y);
  const doutStride = rowStride(dout);
  const outStride = rowStride(out);
  const round = roundingOf(y);
  for (let row = 0; row < rows; row++) {
    const yStart = rowStart(y, row);
    const doutStart = rowStart(dout, row);
    const outStart = rowStart(out, row);
    for (let j = 0; j < length; j++) {
      const value = y.data[yStart + j * yStride];
      const slope = round(dout.data[doutStart + j * doutStride] * round(1 - value));
      out.data[outStart + j * outStride] = slope * value;
    }
  }
}
