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
  for (; j + 4 * lanes <= n; j += 4 * lanes) {
    fourVectors<T>(k, a, aColumn, b, bRow, c, accumulate);
    b += 4 * VECTOR;
    c += 4 * VECTOR;
  }
  for (; j < n; j += lanes) {
    partVector<T>(min(lanes, n - j), k, a, aColumn, b, bRow, c, accumulate);
    b += VECTOR;
    c += VECTOR;
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

// @ts-ignore: decorator
@inline
function fourVectors<T>(k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, accumulate: bool): void {
  let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0), s3 = i32x4.splat(0);
  if (accumulate) {
    s0 = v128.load(c); s1 = v128.load(c, 16); s2 = v128.load(c, 32); s3 = v128.load(c, 48);
  }
  for (let p = 0; p < k; p++) {
    const x = v128.load_splat<T>(a);
    s0 = multiplyAdd<T>(x, v128.load(b), s0);
    s1 = multiplyAdd<T>(x, v128.load(b, 16), s1);
    s2 = multiplyAdd<T>(x, v128.load(b, 32), s2);
    s3 = multiplyAdd<T>(x, v128.load(b, 48), s3);
    a += aColumn;
    b += bRow;
  }
  v128.store(c, s0); v128.store(c, s1, 16); v128.store(c, s2, 32); v128.store(c, s3, 48);
}

/** One register, of which `live` lanes exist. */
// @ts-ignore: decorator
@inline
function partVector<T>(
  live: i32, k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, accumulate: bool,
): void {
  const whole = live * <i32>sizeof<T>() == VECTOR;
  let s = accumulate ? loadPart<T>(c, live, <T>0) : i32x4.splat(0);
  for (let p = 0; p < k; p++) {
    s = multiplyAdd<T>(v128.load_splat<T>(a), whole ? v128.load(b) : loadPart<T>(b, live, <T>0), s);
    a += aColumn;
    b += bRow;
  }
  storePart<T>(c, s, live);
}
