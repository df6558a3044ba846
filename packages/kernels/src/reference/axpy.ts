// y ← y + α·x, elementwise and in place: BLAS's axpy for any rank and any strides.
import type { Tensor } from "../tensor.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** Places for one product: storing it there rounds it. V8's middle compiler calls Math.fround, five times as slow. */
const single = new Float32Array(1);
const double = new Float64Array(1);

/** In float32 α, the product and the sum are each rounded to float32; nothing is fused. */
export function axpy(alpha: number, x: Tensor, y: Tensor): void {
  const rows = rowCount(y);
  const length = rowLength(y);
  const xStride = rowStride(x);
  const yStride = rowStride(y);
  const from = x.data;
  const to = y.data;
  const rounded = to instanceof Float32Array ? single : double;
  rounded[0] = alpha;
  const factor = rounded[0];
  for (let row = 0; row < rows; row++) {
    const xStart = rowStart(x, row);
    const yStart = rowStart(y, row);
    for (let j = 0; j < length; j++) {
      rounded[0] = factor * from[xStart + j * xStride];
      to[yStart + j * yStride] += rounded[0];
    }
  }
}
