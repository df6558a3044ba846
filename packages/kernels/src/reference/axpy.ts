// y ← y + α·x, elementwise and in place: BLAS's axpy for any rank and any strides.
import type { FloatArray, Tensor } from "../tensor.ts";
import { rowStarts } from "./rows.ts";

/** In float32 α, the product and the sum are each rounded to float32; nothing is fused. */
export function axpy(alpha: number, x: Tensor, y: Tensor): void {
  const length = y.shape.at(-1) ?? 1;
  const xStride = x.stride.at(-1) ?? 0;
  const yStride = y.stride.at(-1) ?? 0;
  const isFloat32 = y.data instanceof Float32Array;
  const addRow = isFloat32 ? addRowFloat32 : addRowFloat64;
  const factor = isFloat32 ? Math.fround(alpha) : alpha;
  const xStarts = rowStarts(x);
  const yStarts = rowStarts(y);
  for (let row = 0; row < yStarts.length; row++) {
    addRow(length, factor, x.data, xStarts[row], xStride, y.data, yStarts[row], yStride);
  }
}

function addRowFloat32(
  length: number,
  alpha: number,
  x: FloatArray,
  xStart: number,
  xStride: number,
  y: FloatArray,
  yStart: number,
  yStride: number,
): void {
  for (let j = 0; j < length; j++) {
    y[yStart + j * yStride] += Math.fround(alpha * x[xStart + j * xStride]);
  }
}

function addRowFloat64(
  length: number,
  alpha: number,
  x: FloatArray,
  xStart: number,
  xStride: number,
  y: FloatArray,
  yStart: number,
  yStride: number,
): void {
  for (let j = 0; j < length; j++) y[yStart + j * yStride] += alpha * x[xStart + j * xStride];
}
