// out (m,n) ← [out +] a (m,k) · b (k,n): three plain loops, the truth that the fast products are compared with.
import type { FloatArray, Tensor } from "../tensor.ts";

/**
 * Every entry is one sum over k in natural order that starts from 0, or from `out` with `accumulate`.
 * In float32 each product and each sum is rounded to float32, so no entry depends on its neighbours.
 */
export function matmul(a: Tensor, b: Tensor, out: Tensor, accumulate: boolean): void {
  const [m, k] = a.shape;
  const n = b.shape[1];
  const dot = out.data instanceof Float32Array ? dotFloat32 : dotFloat64;
  for (let i = 0; i < m; i++) {
    const aRow = a.offset + i * a.stride[0];
    for (let j = 0; j < n; j++) {
      const bColumn = b.offset + j * b.stride[1];
      const c = out.offset + i * out.stride[0] + j * out.stride[1];
      const start = accumulate ? out.data[c] : 0;
      out.data[c] = dot(k, a.data, aRow, a.stride[1], b.data, bColumn, b.stride[0], start);
    }
  }
}

function dotFloat32(
  k: number,
  a: FloatArray,
  aStart: number,
  aStride: number,
  b: FloatArray,
  bStart: number,
  bStride: number,
  start: number,
): number {
  let sum = Math.fround(start);
  for (let p = 0; p < k; p++) {
    sum = Math.fround(sum + Math.fround(a[aStart + p * aStride] * b[bStart + p * bStride]));
  }
  return sum;
}

function dotFloat64(
  k: number,
  a: FloatArray,
  aStart: number,
  aStride: number,
  b: FloatArray,
  bStart: number,
  bStride: number,
  start: number,
): number {
  let sum = start;
  for (let p = 0; p < k; p++) sum += a[aStart + p * aStride] * b[bStart + p * bStride];
  return sum;
}
