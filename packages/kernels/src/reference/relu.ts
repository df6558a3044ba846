// relu and its backward form: what is above zero passes, the rest becomes zero.
import type { Tensor } from "../tensor.ts";
import { rowStarts } from "./rows.ts";

/** out ← x where x > 0, else 0 (also for −0); NaN stays NaN. Any rank and strides; out may be x itself. */
export function relu(x: Tensor, out: Tensor): void {
  const length = x.shape.at(-1) ?? 1;
  const xStride = x.stride.at(-1) ?? 0;
  const outStride = out.stride.at(-1) ?? 0;
  const from = x.data;
  const to = out.data;
  const xStarts = rowStarts(x);
  const outStarts = rowStarts(out);
  for (let row = 0; row < xStarts.length; row++) {
    const xStart = xStarts[row];
    const outStart = outStarts[row];
    for (let j = 0; j < length; j++) {
      const value = from[xStart + j * xStride];
      to[outStart + j * outStride] = value > 0 || Number.isNaN(value) ? value : 0;
    }
  }
}

/** out ← dout where y > 0, else 0. Any rank and strides; out may be y or dout itself. */
export function reluBackward(y: Tensor, dout: Tensor, out: Tensor): void {
  const length = y.shape.at(-1) ?? 1;
  const yStride = y.stride.at(-1) ?? 0;
  const doutStride = dout.stride.at(-1) ?? 0;
  const outStride = out.stride.at(-1) ?? 0;
  const mask = y.data;
  const from = dout.data;
  const to = out.data;
  const yStarts = rowStarts(y);
  const doutStarts = rowStarts(dout);
  const outStarts = rowStarts(out);
  for (let row = 0; row < yStarts.length; row++) {
    const yStart = yStarts[row];
    const doutStart = doutStarts[row];
    const outStart = outStarts[row];
    for (let j = 0; j < length; j++) {
      to[outStart + j * outStride] = mask[yStart + j * yStride] > 0 ? from[doutStart + j * doutStride] : 0;
    }
  }
}
