// out (M) ← Σ over the batch axis of x (N,M), in the order of the rows, from zero.
import type { Tensor } from "../tensor.ts";

/** Each partial sum is stored in `out`, which rounds it to the dtype: one rounding per row added. */
export function sumRows(x: Tensor, out: Tensor): void {
  const [n, m] = x.shape;
  const to = out.data;
  const from = x.data;
  for (let j = 0; j < m; j++) to[out.offset + j * out.stride[0]] = 0;
  for (let i = 0; i < n; i++) {
    const row = x.offset + i * x.stride[0];
    for (let j = 0; j < m; j++) to[out.offset + j * out.stride[0]] += from[row + j * x.stride[1]];
  }
}
