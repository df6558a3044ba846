// How near a backend must be to the plain loops: the same bits, or, where it fuses multiply-adds, a derived bound.
//
// Fusing leaves out the rounding of a product, so a fused sum of k products is a sum with k roundings fewer: both it and
// the unfused one lie within γ(k+1)·(|c| + Σ|a·b|) of the exact sum (Higham, Accuracy and Stability, 3.1), where
// γ(n) = n·u/(1 − n·u), and so within twice that of each other.
import { expect } from "vitest";
import { checked } from "../../src/border/checked.ts";
import type { Kernels } from "../../src/kernels.ts";
import { referenceBackend } from "../../src/reference/index.ts";
import type { Dtype, Tensor } from "../../src/tensor.ts";
import { naiveProduct } from "./naive.ts";
import { expectSameBits, UNIT, valuesOf } from "./values.ts";

/** What one backend promises of its last bits. */
export interface Rounding {
  /** Whether products are rounded before they are added, as in the plain loops. */
  readonly unfused: boolean;
  /**
   * The bits of every operation, on dense operands in JavaScript's memory, wherever the operands of a call live and
   * however they lie: the plain loops', or for a fused backend those of a second instance of it.
   */
  readonly truth: Kernels;
  /**
   * Whether the bits of a matrix product depend on its numbers alone. A native BLAS takes another way for another size,
   * cut or transposition: then only the bound of its sums holds.
   */
  readonly steady: boolean;
  /** `expected` is what the plain loops give, `bound` how far entry i may lie from it if products are fused. */
  expectNear(
    actual: Tensor,
    expected: Tensor | readonly number[],
    bound: (i: number, expected: number) => number,
    what?: string,
  ): void;
}

export const UNFUSED: Rounding = {
  unfused: true,
  truth: checked(referenceBackend(), "the truth"),
  steady: true,
  expectNear: (actual, expected, _bound, what) => expectSameBits(actual, expected, what),
};

/** The promise of a backend that fuses; `truth` is an instance of it in a memory of its own. */
export function fused(truth: Kernels): Rounding {
  return { unfused: false, truth, steady: true, expectNear: expectWithin };
}

/** The promise of a native BLAS, which fuses and adds in an order of its own; `truth` as above. */
export function native(truth: Kernels): Rounding {
  return { ...fused(truth), steady: false };
}

function expectWithin(
  actual: Tensor,
  expected: Tensor | readonly number[],
  bound: (i: number, expected: number) => number,
  what = "result",
): void {
  const a = valuesOf(actual);
  const e = "data" in expected ? valuesOf(expected) : expected;
  expect(a.length, `${what}: number of elements`).toBe(e.length);
  for (let i = 0; i < a.length; i++) {
    // A zero may change its sign with the rounding; NaN and the infinities must be the same.
    if (Object.is(a[i], e[i]) || (a[i] === 0 && e[i] === 0)) continue;
    const most = bound(i, e[i]);
    if (!(Math.abs(a[i] - e[i]) <= most))
      expect.fail(`${what}: element ${i} is ${a[i]}, expected ${e[i]} within ${most}`);
  }
}

/** γ(n): the largest relative error of n roundings one after the other. */
export function gamma(n: number, dtype: Dtype): number {
  return (n * UNIT[dtype]) / (1 - n * UNIT[dtype]);
}

/** `actual` is the product of row-major a and b, onto c if given: the schoolbook's bits, or as near as fusing leaves it. */
export function expectProduct(
  rounding: Rounding,
  actual: Tensor,
  a: readonly number[],
  b: readonly number[],
  sizes: readonly [number, number, number],
  dtype: Dtype,
  what?: string,
  c?: readonly number[],
): void {
  const [, k, n] = sizes;
  const magnitude = (i: number): number => {
    let sum = Math.abs(c?.[i] ?? 0);
    for (let p = 0; p < k; p++) sum += Math.abs(a[Math.floor(i / n) * k + p] * b[p * n + (i % n)]);
    return sum;
  };
  const bound = (i: number): number => 2 * gamma(k + 1, dtype) * magnitude(i);
  rounding.expectNear(actual, naiveProduct(a, b, sizes, dtype, c), bound, what);
}
