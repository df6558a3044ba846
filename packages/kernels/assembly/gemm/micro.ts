// The micro-kernels: a tile of c in registers, one element of each row of a spread over a register at every step.
// Sums start from c or from zero and take the products one step of k after the other, so their order is k's own.
import { multiplyAdd } from "../multiply-add";
import { VECTOR } from "./blocks";

/**
 * c (4 × 2 vectors) ← [c +] a·b over `steps` of k. a's rows lie aRow bytes apart and its steps aStep, b's steps bStep;
 * c's rows cRow. Only `rows` of the four are read from a: the others repeat the last one and are not to be used.
 */
export function micro4x2<T>(
  steps: i32, a: usize, aRow: i32, aStep: i32, b: usize, bStep: i32, c: usize, cRow: i32, rows: i32, fresh: bool,
): void {
  let a0 = a;
  let a1 = rows > 1 ? a0 + aRow : a0;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let a3 = rows > 3 ? a2 + aRow : a2;
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s00 = i32x4.splat(0), s01 = i32x4.splat(0), s10 = i32x4.splat(0), s11 = i32x4.splat(0);
  let s20 = i32x4.splat(0), s21 = i32x4.splat(0), s30 = i32x4.splat(0), s31 = i32x4.splat(0);
  if (!fresh) {
    s00 = v128.load(c); s01 = v128.load(c, VECTOR);
    s10 = v128.load(c1); s11 = v128.load(c1, VECTOR);
    s20 = v128.load(c2); s21 = v128.load(c2, VECTOR);
    s30 = v128.load(c3); s31 = v128.load(c3, VECTOR);
  }
  for (let p = 0; p < steps; p++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, VECTOR);
    let x = v128.load_splat<T>(a0);
    s00 = multiplyAdd<T>(x, b0, s00); s01 = multiplyAdd<T>(x, b1, s01);
    x = v128.load_splat<T>(a1);
    s10 = multiplyAdd<T>(x, b0, s10); s11 = multiplyAdd<T>(x, b1, s11);
    x = v128.load_splat<T>(a2);
    s20 = multiplyAdd<T>(x, b0, s20); s21 = multiplyAdd<T>(x, b1, s21);
    x = v128.load_splat<T>(a3);
    s30 = multiplyAdd<T>(x, b0, s30); s31 = multiplyAdd<T>(x, b1, s31);
    a0 += aStep; a1 += aStep; a2 += aStep; a3 += aStep;
    b += bStep;
  }
  v128.store(c, s00); v128.store(c, s01, VECTOR);
  v128.store(c1, s10); v128.store(c1, s11, VECTOR);
  v128.store(c2, s20); v128.store(c2, s21, VECTOR);
  v128.store(c3, s30); v128.store(c3, s31, VECTOR);
}

/** The same for one vector of columns: c (4 × 1 vector). */
export function micro4x1<T>(
  steps: i32, a: usize, aRow: i32, aStep: i32, b: usize, bStep: i32, c: usize, cRow: i32, rows: i32, fresh: bool,
): void {
  let a0 = a;
  let a1 = rows > 1 ? a0 + aRow : a0;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let a3 = rows > 3 ? a2 + aRow : a2;
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0), s3 = i32x4.splat(0);
  if (!fresh) {
    s0 = v128.load(c); s1 = v128.load(c1); s2 = v128.load(c2); s3 = v128.load(c3);
  }
  for (let p = 0; p < steps; p++) {
    const b0 = v128.load(b);
    s0 = multiplyAdd<T>(v128.load_splat<T>(a0), b0, s0);
    s1 = multiplyAdd<T>(v128.load_splat<T>(a1), b0, s1);
    s2 = multiplyAdd<T>(v128.load_splat<T>(a2), b0, s2);
    s3 = multiplyAdd<T>(v128.load_splat<T>(a3), b0, s3);
    a0 += aStep; a1 += aStep; a2 += aStep; a3 += aStep;
    b += bStep;
  }
  v128.store(c, s0); v128.store(c1, s1); v128.store(c2, s2); v128.store(c3, s3);
}
