// Products with a vector, by the gemv of ndarray-blas-level2: y ← α·A·x + β·y, the same on every backend.
//
// gemv sums in float64 whatever the dtype and rounds once, so a float32 result may differ in its last bit from the
// same row inside a batch. It checks nothing and reads y even where β is 0: shapes are judged before, and y is
// zeroed, or a NaN left in it would stay.
/// <reference path="../ndarray-blas-level2.d.ts" />
import gemv from "ndarray-blas-level2/gemv.js";
import type { FloatArray, Tensor } from "../tensor.ts";
import { asMatrix, asVector } from "./as-rows.ts";

/** out ← [out +] alpha·(a·b), where at least one of a and b is 1-D; shapes fit and out overlaps neither. */
export function vectorProduct<T extends FloatArray>(
  alpha: number,
  a: Tensor<T>,
  b: Tensor<T>,
  out: Tensor<T>,
  accumulate: boolean,
): void {
  if (a.shape.length === 2) multiply(alpha, a, b, out, accumulate);
  else if (b.shape.length === 2) multiply(alpha, b.transpose(1, 0), a, out, accumulate);
  else multiply(alpha, asMatrix(a), b, asVector(out), accumulate);
}

function multiply(alpha: number, matrix: Tensor, x: Tensor, y: Tensor, accumulate: boolean): void {
  if (!accumulate) for (let i = 0; i < y.shape[0]; i++) y.data[y.offset + i * y.stride[0]] = 0;
  gemv(alpha, matrix, x, accumulate ? 1 : 0, y);
}
