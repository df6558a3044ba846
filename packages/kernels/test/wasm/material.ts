// Test material: numbers from a fixed seed, tensors in any layout with poison around them, and bit-for-bit comparison.
import ndarray from "ndarray";
import type { Arena } from "../../src/memory.ts";
import type { Dtype, FloatArray, Tensor } from "../../src/tensor.ts";

/** Numbers in (−2, 2) of many magnitudes, the same in every run. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) / 2 ** 31 - 1) * (1 + ((state >>> 3) % 5) / 4);
  };
}

/** How a 2-D tensor lies in its memory. */
export const LAYOUTS = ["rows", "columns", "padded", "reversed", "every other"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Row stride, column stride, offset, and elements spanned, of an (m,n) tensor. */
function lay(
  layout: Layout,
  m: number,
  n: number,
): [row: number, column: number, offset: number, span: number] {
  if (layout === "rows") return [n, 1, 0, m * n];
  if (layout === "columns") return [1, m, 0, m * n];
  if (layout === "padded") return [n + 3, 1, 2, 2 + m * (n + 3)];
  if (layout === "reversed") return [-n, -1, Math.max(0, m * n - 1), m * n];
  return [2 * n * 3, 3, 1, 1 + 6 * m * n];
}

const GUARD = 9;

/** A tensor of the layout, in the arena or outside it, poisoned with NaN wherever it has no element. */
export function tensor(
  layout: Layout,
  m: number,
  n: number,
  dtype: Dtype,
  next: () => number,
  arena?: Arena,
): Tensor {
  const [row, column, offset, span] = lay(layout, m, n);
  const length = span + 2 * GUARD;
  const data: FloatArray =
    arena?.allocate(dtype, [length]).data ??
    (dtype === "float32" ? new Float32Array(length) : new Float64Array(length));
  data.fill(Number.NaN);
  const t = ndarray(data, [m, n], [row, column], GUARD + offset) as Tensor;
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) t.set(i, j, next());
  return t;
}

/** The same tensor over a copy of all its memory: the elements, the gaps and the guards. */
export function twin(t: Tensor): Tensor {
  return ndarray(t.data.slice(), t.shape, t.stride, t.offset) as Tensor;
}

/** Where two stretches of memory first differ in a bit (any NaN equals any other), or −1. */
export function firstDifference(a: FloatArray, b: FloatArray): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  return a.findIndex((value, i) => !Object.is(value, b[i]));
}
