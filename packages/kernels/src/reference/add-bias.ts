// out ← x + b: one bias per column, the same for every row of the batch.
import type { Tensor } from "../tensor.ts";

/** x (N,M), b (M), out (N,M), which may be x itself. Storing into `out` rounds the one sum to its dtype. */
export function addBias(x: Tensor, b: Tensor, out: Tensor): void {
  const [n, m] = x.shape;
  const from = x.data;
  const bias = b.data;
  const to = out.data;
  for (let i = 0; i < n; i++) {
    const xStart = x.offset + i * x.stride[0];
    const outStart = out.offset + i * out.stride[0];
    for (let j = 0; j < m; j++) {
      to[outStart + j * out.stride[1]] = from[xStart + j * x.stride[1]] + bias[b.offset + j * b.stride[0]];
    }
  }
}
