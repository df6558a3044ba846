// Operations of one result per element, on rows without gaps between their elements: relu, sigmoid, their backward
// forms, bias, axpy and the gradient of softmax with cross-entropy. A row's last elements go through the same
// instructions as all others, in registers that are filled in part, so that no element depends on where its row ends.
import { exp } from "./exp";
import { multiplyAdd } from "./multiply-add";
import { lanes, loadPart, storePart } from "./row";

/** Operations of one operand. */
export const RELU: i32 = 0;
export const SIGMOID: i32 = 1;

/** Operations of two operands, a and b. */
export const RELU_BACKWARD: i32 = 0;
export const SIGMOID_BACKWARD: i32 = 1;
export const ADD: i32 = 2;
/** factor·a + b */
export const MULTIPLY_ADD: i32 = 3;
/** (a − b)·factor */
export const SCALED_DIFFERENCE: i32 = 4;

/** out ← OP(x), row by row. Rows are so many bytes apart; those that touch are taken as one. */
// @ts-ignore: decorator
@inline
export function map<T>(OP: i32, rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  const dense = columns * <i32>sizeof<T>();
  if (xRow == dense && outRow == dense) {
    columns *= rows;
    rows = 1;
  }
  for (let i = 0; i < rows; i++) {
    let from = x;
    let to = out;
    let left = columns;
    for (; left >= lanes<T>(); left -= lanes<T>()) {
      v128.store(to, unary<T>(OP, v128.load(from)));
      from += 16;
      to += 16;
    }
    if (left > 0) storePart<T>(to, unary<T>(OP, loadPart<T>(from, left, <T>0)), left);
    x += xRow;
    out += outRow;
  }
}

/** out ← OP(a, b), row by row, as `map`; with bRow = 0 every row of a meets the same b. out may be a or b. */
// @ts-ignore: decorator
@inline
export function zip<T>(
  OP: i32, factor: T, rows: i32, columns: i32, a: usize, aRow: i32, b: usize, bRow: i32, out: usize, outRow: i32,
): void {
  const dense = columns * <i32>sizeof<T>();
  const f = v128.splat<T>(factor);
  if (aRow == dense && bRow == dense && outRow == dense) {
    columns *= rows;
    rows = 1;
  }
  for (let i = 0; i < rows; i++) {
    let left = columns;
    let p = a;
    let q = b;
    let to = out;
    for (; left >= 4 * lanes<T>(); left -= 4 * lanes<T>()) {
      v128.store(to, binary<T>(OP, f, v128.load(p), v128.load(q)));
      v128.store(to, binary<T>(OP, f, v128.load(p, 16), v128.load(q, 16)), 16);
      v128.store(to, binary<T>(OP, f, v128.load(p, 32), v128.load(q, 32)), 32);
      v128.store(to, binary<T>(OP, f, v128.load(p, 48), v128.load(q, 48)), 48);
      p += 64;
      q += 64;
      to += 64;
    }
    for (; left >= lanes<T>(); left -= lanes<T>()) {
      v128.store(to, binary<T>(OP, f, v128.load(p), v128.load(q)));
      p += 16;
      q += 16;
      to += 16;
    }
    if (left > 0) {
      storePart<T>(to, binary<T>(OP, f, loadPart<T>(p, left, <T>0), loadPart<T>(q, left, <T>0)), left);
    }
    a += aRow;
    b += bRow;
    out += outRow;
  }
}

// @ts-ignore: decorator
@inline
function unary<T>(OP: i32, x: v128): v128 {
  if (OP == RELU) return v128.andnot(x, v128.le<T>(x, v128.splat<T>(<T>0))); // NaN is not ≤ 0, −0 is
  const one = v128.splat<T>(<T>1);
  const small = exp<T>(v128.neg<T>(v128.abs<T>(x)));
  const above = v128.bitselect(small, one, v128.lt<T>(x, v128.splat<T>(<T>0)));
  return v128.div<T>(above, v128.add<T>(one, small));
}

// @ts-ignore: decorator
@inline
function binary<T>(OP: i32, factor: v128, a: v128, b: v128): v128 {
  if (OP == RELU_BACKWARD) return v128.and(b, v128.gt<T>(a, v128.splat<T>(<T>0)));
  if (OP == SIGMOID_BACKWARD) return v128.mul<T>(v128.mul<T>(b, v128.sub<T>(v128.splat<T>(<T>1), a)), a);
  if (OP == ADD) return v128.add<T>(a, b);
  if (OP == MULTIPLY_ADD) return multiplyAdd<T>(factor, a, b);
  return v128.mul<T>(v128.sub<T>(a, b), factor);
}
