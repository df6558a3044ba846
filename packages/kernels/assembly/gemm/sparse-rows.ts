// The micro-kernel of a sparse left operand: one row of c in registers, to which the listed rows of b are added.
import { multiplyAdd } from "../multiply-add";
import { SPARSE_KC } from "./blocks";
import { entries, entriesEnd, toValue } from "./nonzeros";

/** The most vectors of c in registers: of 15, one holds the element of a and one comes from b. */
export const MOST: i32 = 13;

/**
 * c (rows × V vectors) ← [c +] Σ a·b over each row's list. The vectors follow one another, but the last stands cLast and
 * bLast bytes after the first: at a row's end it overlaps the one before it, where both hold the same sums. V is a
 * constant where this is called.
 */
// @ts-ignore: decorator
@inline
function rowsOf<T>(
  V: i32, rows: i32, lists: usize, listStride: i32, b: usize, bLast: i32,
  c: usize, cRow: i32, cLast: i32, fresh: bool,
): void {
  for (let i = 0; i < rows; i++) {
    const last = c + cLast;
    let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0), s3 = i32x4.splat(0), s4 = i32x4.splat(0);
    let s5 = i32x4.splat(0), s6 = i32x4.splat(0), s7 = i32x4.splat(0), s8 = i32x4.splat(0), s9 = i32x4.splat(0);
    let s10 = i32x4.splat(0), s11 = i32x4.splat(0), s12 = i32x4.splat(0);
    if (!fresh) {
      if (V > 1) s0 = v128.load(c);
      if (V > 2) s1 = v128.load(c, 16);
      if (V > 3) s2 = v128.load(c, 32);
      if (V > 4) s3 = v128.load(c, 48);
      if (V > 5) s4 = v128.load(c, 64);
      if (V > 6) s5 = v128.load(c, 80);
      if (V > 7) s6 = v128.load(c, 96);
      if (V > 8) s7 = v128.load(c, 112);
      if (V > 9) s8 = v128.load(c, 128);
      if (V > 10) s9 = v128.load(c, 144);
      if (V > 11) s10 = v128.load(c, 160);
      if (V > 12) s11 = v128.load(c, 176);
      s12 = v128.load(last);
    }
    const end = entriesEnd(lists);
    for (let entry = entries(lists); entry != end; entry += sizeof<T>()) {
      const from = b + load<u32>(entry);
      const x = v128.load_splat<T>(entry, SPARSE_KC * sizeof<T>() + 16);
      if (V > 1) s0 = multiplyAdd<T>(x, v128.load(from), s0);
      if (V > 2) s1 = multiplyAdd<T>(x, v128.load(from, 16), s1);
      if (V > 3) s2 = multiplyAdd<T>(x, v128.load(from, 32), s2);
      if (V > 4) s3 = multiplyAdd<T>(x, v128.load(from, 48), s3);
      if (V > 5) s4 = multiplyAdd<T>(x, v128.load(from, 64), s4);
      if (V > 6) s5 = multiplyAdd<T>(x, v128.load(from, 80), s5);
      if (V > 7) s6 = multiplyAdd<T>(x, v128.load(from, 96), s6);
      if (V > 8) s7 = multiplyAdd<T>(x, v128.load(from, 112), s7);
      if (V > 9) s8 = multiplyAdd<T>(x, v128.load(from, 128), s8);
      if (V > 10) s9 = multiplyAdd<T>(x, v128.load(from, 144), s9);
      if (V > 11) s10 = multiplyAdd<T>(x, v128.load(from, 160), s10);
      if (V > 12) s11 = multiplyAdd<T>(x, v128.load(from, 176), s11);
      s12 = multiplyAdd<T>(x, v128.load(from + bLast), s12);
    }
    if (V > 1) v128.store(c, s0);
    if (V > 2) v128.store(c, s1, 16);
    if (V > 3) v128.store(c, s2, 32);
    if (V > 4) v128.store(c, s3, 48);
    if (V > 5) v128.store(c, s4, 64);
    if (V > 6) v128.store(c, s5, 80);
    if (V > 7) v128.store(c, s6, 96);
    if (V > 8) v128.store(c, s7, 112);
    if (V > 9) v128.store(c, s8, 128);
    if (V > 10) v128.store(c, s9, 144);
    if (V > 11) v128.store(c, s10, 160);
    if (V > 12) v128.store(c, s11, 176);
    v128.store(last, s12);
    lists += listStride;
    c += cRow;
  }
}

/**
 * How many of the vectors that are left the next call takes: a number that has a kernel, and that does not leave a
 * single one, which could not overlap its neighbour.
 */
export function vectorsAtOnce(left: i32): i32 {
  if (left >= MOST && left != MOST + 1) return MOST;
  if (left >= 8 && left != 9) return 8;
  return left == 5 ? 3 : min(left, 4);
}

/** `rowsOf` for a number of vectors that `vectorsAtOnce` gave. */
export function sparseRows<T>(
  vectors: i32, rows: i32, lists: usize, listStride: i32, b: usize, bLast: i32, c: usize, cRow: i32, cLast: i32,
  fresh: bool,
): void {
  if (vectors == MOST) rowsOf<T>(MOST, rows, lists, listStride, b, bLast, c, cRow, cLast, fresh);
  else if (vectors == 8) rowsOf<T>(8, rows, lists, listStride, b, bLast, c, cRow, cLast, fresh);
  else if (vectors == 4) rowsOf<T>(4, rows, lists, listStride, b, bLast, c, cRow, cLast, fresh);
  else if (vectors == 3) rowsOf<T>(3, rows, lists, listStride, b, bLast, c, cRow, cLast, fresh);
  else if (vectors == 2) rowsOf<T>(2, rows, lists, listStride, b, bLast, c, cRow, cLast, fresh);
  else rowsOf<T>(1, rows, lists, listStride, b, bLast, c, cRow, cLast, fresh);
}

/** The same for one column of any strides, an element at a time: c (rows × 1) ← [c +] Σ a·b over each row's list. */
export function sparseColumn<T>(
  rows: i32, lists: usize, listStride: i32, b: usize, c: usize, cRow: i32, fresh: bool,
): void {
  for (let i = 0; i < rows; i++) {
    let sum = fresh ? i32x4.splat(0) : v128.splat<T>(load<T>(c));
    const end = entriesEnd(lists);
    for (let entry = entries(lists); entry != end; entry += sizeof<T>()) {
      const x = v128.load_splat<T>(entry, SPARSE_KC * sizeof<T>() + 16);
      sum = multiplyAdd<T>(x, v128.load_splat<T>(b + load<u32>(entry)), sum);
    }
    store<T>(c, v128.extract_lane<T>(sum, 0));
    lists += listStride;
    c += cRow;
  }
}
