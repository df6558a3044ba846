// One row of c at a time, b read where it lies: for so few rows that packing b would cost more than the product.
import { multiplyAdd } from "../multiply-add";
import { loadPart, storePart } from "../row";
import { VECTOR } from "./blocks";

/** Up to this many rows, reading b again for each row is faster than packing it once (measured at 784 × 50). */
export const FEW_ROWS: i32 = 3;

/** c (1 × n) ← [c +] a (1 × k)·b (k × n), where the columns of b and of c are neighbours. Strides in bytes. */
export function rowProduct<T>(
  n: i32, k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, accumulate: bool,
): void {
  const lanes = VECTOR / <i32>sizeof<T>();
  let j = 0;
  for (; j + 8 * lanes <= n; j += 8 * lanes) {
    eightVectors<T>(k, a, aColumn, b, bRow, c, accumulate);
    b += 8 * VECTOR;
    c += 8 * VECTOR;
  }
  while (j < n) {
    // At most four of them, which is at least one whole vector wherever there is one left.
    const live = min(n - j, 4 * lanes);
    if (live < lanes) partVector<T>(live, k, a, aColumn, b, bRow, c, accumulate);
    else {
      const last = (live - lanes) * <i32>sizeof<T>();
      if (live > 3 * lanes) vectors<T>(4, last, k, a, aColumn, b, bRow, c, accumulate);
      else if (live > 2 * lanes) vectors<T>(3, last, k, a, aColumn, b, bRow, c, accumulate);
      else if (live > lanes) vectors<T>(2, last, k, a, aColumn, b, bRow, c, accumulate);
      else vectors<T>(1, last, k, a, aColumn, b, bRow, c, accumulate);
    }
    b += 4 * VECTOR;
    c += 4 * VECTOR;
    j += live;
  }
}

// @ts-ignore: decorator
@inline
function eightVectors<T>(k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, accumulate: bool): void {
  let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0), s3 = i32x4.splat(0);
  let s4 = i32x4.splat(0), s5 = i32x4.splat(0), s6 = i32x4.splat(0), s7 = i32x4.splat(0);
  if (accumulate) {
    s0 = v128.load(c); s1 = v128.load(c, 16); s2 = v128.load(c, 32); s3 = v128.load(c, 48);
    s4 = v128.load(c, 64); s5 = v128.load(c, 80); s6 = v128.load(c, 96); s7 = v128.load(c, 112);
  }
  for (let p = 0; p < k; p++) {
    const x = v128.load_splat<T>(a);
    s0 = multiplyAdd<T>(x, v128.load(b), s0);
    s1 = multiplyAdd<T>(x, v128.load(b, 16), s1);
    s2 = multiplyAdd<T>(x, v128.load(b, 32), s2);
    s3 = multiplyAdd<T>(x, v128.load(b, 48), s3);
    s4 = multiplyAdd<T>(x, v128.load(b, 64), s4);
    s5 = multiplyAdd<T>(x, v128.load(b, 80), s5);
    s6 = multiplyAdd<T>(x, v128.load(b, 96), s6);
    s7 = multiplyAdd<T>(x, v128.load(b, 112), s7);
    a += aColumn;
    b += bRow;
  }
  v128.store(c, s0); v128.store(c, s1, 16); v128.store(c, s2, 32); v128.store(c, s3, 48);
  v128.store(c, s4, 64); v128.store(c, s5, 80); v128.store(c, s6, 96); v128.store(c, s7, 112);
}

/**
 * V vectors that follow one another, but the last stands `last` bytes after the first: at a row's end it overlaps the one
 * before it, where both hold the same sums.
 */
// @ts-ignore: decorator
@inline
function vectors<T>(
  V: i32, last: i32, k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, accumulate: bool,
): void {
  let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0), s3 = i32x4.splat(0);
  if (accumulate) {
    if (V > 1) s0 = v128.load(c);
    if (V > 2) s1 = v128.load(c, 16);
    if (V > 3) s2 = v128.load(c, 32);
    s3 = v128.load(c + last);
  }
  for (let p = 0; p < k; p++) {
    const x = v128.load_splat<T>(a);
    if (V > 1) s0 = multiplyAdd<T>(x, v128.load(b), s0);
    if (V > 2) s1 = multiplyAdd<T>(x, v128.load(b, 16), s1);
    if (V > 3) s2 = multiplyAdd<T>(x, v128.load(b, 32), s2);
    s3 = multiplyAdd<T>(x, v128.load(b + last), s3);
    a += aColumn;
    b += bRow;
  }
  if (V > 1) v128.store(c, s0);
  if (V > 2) v128.store(c, s1, 16);
  if (V > 3) v128.store(c, s2, 32);
  v128.store(c + last, s3);
}

/** Less than one register: the `live` lanes that there are. */
// @ts-ignore: decorator
@inline
function partVector<T>(
  live: i32, k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, accumulate: bool,
): void {
  let s = accumulate ? loadPart<T>(c, live, <T>0) : i32x4.splat(0);
  for (let p = 0; p < k; p++) {
    s = multiplyAdd<T>(v128.load_splat<T>(a), loadPart<T>(b, live, <T>0), s);
    a += aColumn;
    b += bRow;
  }
  storePart<T>(c, s, live);
}
