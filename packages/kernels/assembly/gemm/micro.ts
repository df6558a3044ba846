// The micro-kernels: a tile of c in registers, one element of each row of a spread over a register at every step.
// Sums start from c or from zero and take the products one step of k after the other, so their order is k's own.
import { multiplyAdd } from "../multiply-add";
import { VECTOR } from "./blocks";

/**
 * c (ROWS × 2 vectors) ← [c +] a·b over `steps` of k. a's rows lie aRow bytes apart and its steps aStep, b's steps
 * bStep, c's rows cRow. Only `rows` of a are read: the others repeat the last one, and their sums are not to be used.
 * ROWS (3 … 6) and NEIGHBOURS (a's rows are neighbours in memory, aRow is the size of an element, all are readable)
 * are constants where this is called, so each call is a kernel of its own without branches.
 */
// @ts-ignore: decorator
@inline
export function wideTile<T>(
  ROWS: i32, NEIGHBOURS: bool, steps: i32, a: usize, aRow: i32, aStep: i32, b: usize, bStep: i32,
  c: usize, cRow: i32, rows: i32, fresh: bool,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  const c4 = c3 + cRow;
  const c5 = c4 + cRow;
  let s00 = i32x4.splat(0), s01 = i32x4.splat(0), s10 = i32x4.splat(0), s11 = i32x4.splat(0);
  let s20 = i32x4.splat(0), s21 = i32x4.splat(0), s30 = i32x4.splat(0), s31 = i32x4.splat(0);
  let s40 = i32x4.splat(0), s41 = i32x4.splat(0), s50 = i32x4.splat(0), s51 = i32x4.splat(0);
  if (!fresh) {
    s00 = v128.load(c); s01 = v128.load(c, VECTOR);
    s10 = v128.load(c1); s11 = v128.load(c1, VECTOR);
    s20 = v128.load(c2); s21 = v128.load(c2, VECTOR);
    if (ROWS > 3) { s30 = v128.load(c3); s31 = v128.load(c3, VECTOR); }
    if (ROWS > 4) { s40 = v128.load(c4); s41 = v128.load(c4, VECTOR); }
    if (ROWS > 5) { s50 = v128.load(c5); s51 = v128.load(c5, VECTOR); }
  }
  const end = b + steps * bStep;
  if (NEIGHBOURS) {
    while (b != end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, VECTOR);
      let x = v128.load_splat<T>(a);
      s00 = multiplyAdd<T>(x, b0, s00); s01 = multiplyAdd<T>(x, b1, s01);
      x = v128.load_splat<T>(a, 1 * sizeof<T>());
      s10 = multiplyAdd<T>(x, b0, s10); s11 = multiplyAdd<T>(x, b1, s11);
      x = v128.load_splat<T>(a, 2 * sizeof<T>());
      s20 = multiplyAdd<T>(x, b0, s20); s21 = multiplyAdd<T>(x, b1, s21);
      if (ROWS > 3) {
        x = v128.load_splat<T>(a, 3 * sizeof<T>());
        s30 = multiplyAdd<T>(x, b0, s30); s31 = multiplyAdd<T>(x, b1, s31);
      }
      if (ROWS > 4) {
        x = v128.load_splat<T>(a, 4 * sizeof<T>());
        s40 = multiplyAdd<T>(x, b0, s40); s41 = multiplyAdd<T>(x, b1, s41);
      }
      if (ROWS > 5) {
        x = v128.load_splat<T>(a, 5 * sizeof<T>());
        s50 = multiplyAdd<T>(x, b0, s50); s51 = multiplyAdd<T>(x, b1, s51);
      }
      a += aStep;
      b += bStep;
    }
  } else {
    let a1 = rows > 1 ? a + aRow : a;
    let a2 = rows > 2 ? a1 + aRow : a1;
    let a3 = rows > 3 ? a2 + aRow : a2;
    let a4 = rows > 4 ? a3 + aRow : a3;
    let a5 = rows > 5 ? a4 + aRow : a4;
    while (b != end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, VECTOR);
      let x = v128.load_splat<T>(a);
      s00 = multiplyAdd<T>(x, b0, s00); s01 = multiplyAdd<T>(x, b1, s01);
      x = v128.load_splat<T>(a1);
      s10 = multiplyAdd<T>(x, b0, s10); s11 = multiplyAdd<T>(x, b1, s11);
      x = v128.load_splat<T>(a2);
      s20 = multiplyAdd<T>(x, b0, s20); s21 = multiplyAdd<T>(x, b1, s21);
      if (ROWS > 3) {
        x = v128.load_splat<T>(a3);
        s30 = multiplyAdd<T>(x, b0, s30); s31 = multiplyAdd<T>(x, b1, s31);
        a3 += aStep;
      }
      if (ROWS > 4) {
        x = v128.load_splat<T>(a4);
        s40 = multiplyAdd<T>(x, b0, s40); s41 = multiplyAdd<T>(x, b1, s41);
        a4 += aStep;
      }
      if (ROWS > 5) {
        x = v128.load_splat<T>(a5);
        s50 = multiplyAdd<T>(x, b0, s50); s51 = multiplyAdd<T>(x, b1, s51);
        a5 += aStep;
      }
      a += aStep; a1 += aStep; a2 += aStep;
      b += bStep;
    }
  }
  v128.store(c, s00); v128.store(c, s01, VECTOR);
  v128.store(c1, s10); v128.store(c1, s11, VECTOR);
  v128.store(c2, s20); v128.store(c2, s21, VECTOR);
  if (ROWS > 3) { v128.store(c3, s30); v128.store(c3, s31, VECTOR); }
  if (ROWS > 4) { v128.store(c4, s40); v128.store(c4, s41, VECTOR); }
  if (ROWS > 5) { v128.store(c5, s50); v128.store(c5, s51, VECTOR); }
}

/** The same for one vector of columns: c (ROWS × 1 vector). */
// @ts-ignore: decorator
@inline
export function narrowTile<T>(
  ROWS: i32, NEIGHBOURS: bool, steps: i32, a: usize, aRow: i32, aStep: i32, b: usize, bStep: i32,
  c: usize, cRow: i32, rows: i32, fresh: bool,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  const c4 = c3 + cRow;
  const c5 = c4 + cRow;
  let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0), s4 = i32x4.splat(0), s5 = i32x4.splat(0);
  if (!fresh) {
    s0 = v128.load(c); s1 = v128.load(c1); s2 = v128.load(c2);
    if (ROWS > 3) s3 = v128.load(c3);
    if (ROWS > 4) s4 = v128.load(c4);
    if (ROWS > 5) s5 = v128.load(c5);
  }
  const end = b + steps * bStep;
  if (NEIGHBOURS) {
    while (b != end) {
      const b0 = v128.load(b);
      s0 = multiplyAdd<T>(v128.load_splat<T>(a), b0, s0);
      s1 = multiplyAdd<T>(v128.load_splat<T>(a, 1 * sizeof<T>()), b0, s1);
      s2 = multiplyAdd<T>(v128.load_splat<T>(a, 2 * sizeof<T>()), b0, s2);
      if (ROWS > 3) s3 = multiplyAdd<T>(v128.load_splat<T>(a, 3 * sizeof<T>()), b0, s3);
      if (ROWS > 4) s4 = multiplyAdd<T>(v128.load_splat<T>(a, 4 * sizeof<T>()), b0, s4);
      if (ROWS > 5) s5 = multiplyAdd<T>(v128.load_splat<T>(a, 5 * sizeof<T>()), b0, s5);
      a += aStep;
      b += bStep;
    }
  } else {
    let a1 = rows > 1 ? a + aRow : a;
    let a2 = rows > 2 ? a1 + aRow : a1;
    let a3 = rows > 3 ? a2 + aRow : a2;
    let a4 = rows > 4 ? a3 + aRow : a3;
    let a5 = rows > 5 ? a4 + aRow : a4;
    while (b != end) {
      const b0 = v128.load(b);
      s0 = multiplyAdd<T>(v128.load_splat<T>(a), b0, s0);
      s1 = multiplyAdd<T>(v128.load_splat<T>(a1), b0, s1);
      s2 = multiplyAdd<T>(v128.load_splat<T>(a2), b0, s2);
      if (ROWS > 3) { s3 = multiplyAdd<T>(v128.load_splat<T>(a3), b0, s3); a3 += aStep; }
      if (ROWS > 4) { s4 = multiplyAdd<T>(v128.load_splat<T>(a4), b0, s4); a4 += aStep; }
      if (ROWS > 5) { s5 = multiplyAdd<T>(v128.load_splat<T>(a5), b0, s5); a5 += aStep; }
      a += aStep; a1 += aStep; a2 += aStep;
      b += bStep;
    }
  }
  v128.store(c, s0); v128.store(c1, s1); v128.store(c2, s2);
  if (ROWS > 3) v128.store(c3, s3);
  if (ROWS > 4) v128.store(c4, s4);
  if (ROWS > 5) v128.store(c5, s5);
}
