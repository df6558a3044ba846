// out (m,n) ← [out +] a (m,k) · b (k,n): three plain loops, the truth that the fast products are compared with.
import type { MatmulOptions } from "../kernels.ts";
import { type ByteTensor, dtypeOf, type FloatArray, isBytes, type Tensor } from "../tensor.ts";
import { addBias } from "./add-bias.ts";
import { floatsOf } from "./floats-of.ts";
import { relu as reluOf } from "./relu.ts";
import { roundingOf } from "./rounding.ts";

/** `accumulate` is a parameter of its own. */
export type ProductOptions = Omit<MatmulOptions, "accumulate">;

/**
 * Every entry is one sum over k in natural order that starts from 0, or from `out` with `accumulate`; with `alpha` it
 * starts from 0, and is scaled and added when it is finished. Then come bias and relu. In float32 each product and each
 * sum is rounded to float32, so no entry depends on its neighbours.
 */
export function matmul(
  left: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
  { alpha, bias, relu = false, sparse = false, byteScale = 1 }: ProductOptions = {},
): void {
  const a = isBytes(left) ? floatsOf(left, byteScale, dtypeOf(out)) : left;
  const [m, k] = a.shape;
  const n = b.shape[1];
  const round = roundingOf(out);
  const dot = sparse ? dotOfNonzeros : out.data instanceof Float32Array ? dotFloat32 : dotFloat64;
  const factor = alpha === undefined ? undefined : round(alpha);
  for (let i = 0; i < m; i++) {
    const aRow = a.offset + i * a.stride[0];
    for (let j = 0; j < n; j++) {
      const bColumn = b.offset + j * b.stride[1];
      const c = out.offset + i * out.stride[0] + j * out.stride[1];
      const start = accumulate && factor === undefined ? out.data[c] : 0;
      const sum = dot(k, a.data, aRow, a.stride[1], b.data, bColumn, b.stride[0], start);
      if (factor === undefined) out.data[c] = sum;
      else if (!(sparse && sum === 0)) out.data[c] += round(factor * sum);
    }
  }
  if (bias !== undefined) addBias(out, bias, out);
  if (relu) reluOf(out, out);
}

/** One sum over k: `start` and the products of a's elements, `aStride` apart, with b's, `bStride` apart. */
type Dot = (
  k: number,
  a: FloatArray,
  aStart: number,
  aStride: number,
  b: FloatArray,
  bStart: number,
  bStride: number,
  start: number,
) => number;

const dotFloat32: Dot = (k, a, aStart, aStride, b, bStart, bStride, start) => {
  let sum = Math.fround(start);
  for (let p = 0; p < k; p++) {
    sum = Math.fround(sum + Math.fround(a[aStart + p * aStride] * b[bStart + p * bStride]));
  }
  return sum;
};

const dotFloat64: Dot = (k, a, aStart, aStride, b, bStart, bStride, start) => {
  let sum = start;
  for (let p = 0; p < k; p++) sum += a[aStart + p * aStride] * b[bStart + p * bStride];
  return sum;
};

/** The same without the products of a's zeros. */
const dotOfNonzeros: Dot = (k, a, aStart, aStride, b, bStart, bStride, start) => {
  const round = a instanceof Float32Array ? Math.fround : (x: number): number => x;
  let sum = start;
  for (let p = 0; p < k; p++) {
    const x = a[aStart + p * aStride];
    if (x !== 0) sum = round(sum + round(x * b[bStart + p * bStride]));
  }
  return sum;
};
