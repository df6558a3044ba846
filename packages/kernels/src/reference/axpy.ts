// y ← y + α·x, elementwise and in place: BLAS's axpy for any rank and any strides.
import type { FloatArray, Tensor } from "../tensor.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** In float32 α, the product and the sum are each rounded to float32; nothing is fused. */
export function axpy(alpha: number, x: Tensor, y: Tensor): void {
  const rows = rowCount(y);
  const length = rowLength(y);
  const xStride = rowStride(x);
  const yStride = rowStride(y);
  const isFloat32 = y.data instanceof Float32Array;
  const addRow = isFloat32 ? addRowFloat32 : addRowFloat64;
  const factor = isFloat32 ? Math.fround(alpha) : alpha;
  for (let row = 0; row < rows; row++) {
    addRow(length, factor, x.data, rowStart(x, row), xStride, y.data, rowStart(y, row), yStride);
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
