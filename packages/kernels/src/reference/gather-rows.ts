// out[i] ← scale·source[rows[i]]: a minibatch picked out of the data, bytes turned to floats on the way, or left as they are.
import type { ByteTensor, IntegerTensor, Tensor } from "../tensor.ts";

/** source (N,D), rows (R), out (R,D); bytes that stay bytes have the scale 1. The scale is rounded to out's dtype first, then each product once. */
export function gatherRows(
  source: Tensor | ByteTensor,
  rows: IntegerTensor,
  out: Tensor | ByteTensor,
  scale: number,
): void {
  const [count, length] = out.shape;
  const factor = out.data instanceof Float32Array ? Math.fround(scale) : scale;
  const from = source.data;
  const to = out.data;
  for (let i = 0; i < count; i++) {
    const row = rows.data[rows.offset + i * rows.stride[0]];
    const sourceStart = source.offset + row * source.stride[0];
    const outStart = out.offset + i * out.stride[0];
    for (let j = 0; j < length; j++) {
      to[outStart + j * out.stride[1]] = from[sourceStart + j * source.stride[1]] * factor;
    }
  }
}
