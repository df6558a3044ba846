// relu and its backward form: what is above zero passes, the rest becomes zero.
import type { Tensor } from "../tensor.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** out ← x where x > 0, else 0 (also for −0); NaN stays NaN. Any rank and strides; out may be x itself. */
export function relu(x: Tensor, out: Tensor): void {
  const rows = rowCount(x);
  const length = rowLength(x);
  const xStride = rowStride(x);
  const outStride = rowStride(out);
  const from = x.data;
  const to = out.data;
  for (let row = 0; row < rows; row++) {
    const xStart = rowStart(x, row);
    const outStart = rowStart(out, row);
    for (let j = 0; j < length; j++) {
      to[outStart + j * outStride] = Math.max(from[xStart + j * xStride], 0);
    }
  }
}

/** out ← dout where y > 0, else 0. Any rank and strides; out may be y or dout itself. */
export function reluBackward(y: Tensor, dout: Tensor, out: Tensor): void {
  const rows = rowCount(y);
  const length = rowLength(y);
  const yStride = rowStride(y);
  const doutStride = rowStride(dout);
  const outStride = rowStride(out);
  const mask = y.data;
  const from = dout.data;
  const to = out.data;
  for (let row = 0; row < rows; row++) {
    const yStart = rowStart(y, row);
    const doutStart = rowStart(dout, row);
    const outStart = rowStart(out, row);
    for (let j = 0; j < length; j++) {
      to[outStart + j * outStride] = mask[yStart + j * yStride] > 0 ? from[doutStart + j * doutStride] : 0;
    }
  }
}
