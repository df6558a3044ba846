// exp in every lane, in the operations of src/reference/exp.ts, one for one.
import {
  F32_C3, F32_C4, F32_C5, F32_C6, F32_HALF, F32_LEAST, F32_LN2_HIGH, F32_LN2_LOW, F32_LOG2E, F32_MODERATE, F32_MOST,
  F32_ONE, F32_ROUNDER, F32_ROUNDER_BIAS, F64_C10, F64_C11, F64_C3, F64_C4, F64_C5, F64_C6, F64_C7, F64_C8, F64_C9,
  F64_HALF, F64_LEAST, F64_LN2_HIGH, F64_LN2_LOW, F64_LOG2E, F64_MODERATE, F64_MOST, F64_ONE, F64_ROUNDER,
  F64_ROUNDER_BIAS,
} from "./exp-constants";
import { multiplyAdd } from "./multiply-add";

/** exp in four float32 or two float64 lanes. */
// @ts-ignore: decorator
@inline
export function exp<T>(x: v128): v128 {
  return sizeof<T>() == 4 ? exp32(x) : exp64(x);
}

/**
 * Whether every lane of both registers is at least where exp becomes subnormal, and none is NaN: then, for x ≤ 0,
 * `expOfModerate` may stand for `exp`.
 */
// @ts-ignore: decorator
@inline
export function areModerate<T>(x: v128, y: v128): bool {
  const least = sizeof<T>() == 4 ? F32_MODERATE : F64_MODERATE;
  const both = v128.and(v128.ge<T>(x, least), v128.ge<T>(y, least));
  return sizeof<T>() == 4 ? i32x4.bitmask(both) == 15 : i64x2.bitmask(both) == 3;
}

/** The bits of `exp` for moderate x ≤ 0: no ends to mind, and 2ⁿ multiplied on by adding n to the exponent's bits. */
// @ts-ignore: decorator
@inline
export function expOfModerate<T>(x: v128): v128 {
  if (sizeof<T>() == 4) {
    const t = multiplyAdd<f32>(x, F32_LOG2E, F32_ROUNDER);
    return i32x4.add(expOfRest32(x, f32x4.sub(t, F32_ROUNDER)), i32x4.shl(t, 23));
  }
  const t = multiplyAdd<f64>(x, F64_LOG2E, F64_ROUNDER);
  return i64x2.add(expOfRest64(x, f64x2.sub(t, F64_ROUNDER)), i64x2.shl(t, 52));
}

// @ts-ignore: decorator
@inline
function exp32(x: v128): v128 {
  // pmin and pmax with x first hand a NaN through.
  x = f32x4.pmax(f32x4.pmin(x, F32_MOST), F32_LEAST);
  const n = f32x4.sub(multiplyAdd<f32>(x, F32_LOG2E, F32_ROUNDER), F32_ROUNDER);
  const p = expOfRest32(x, n);
  const half = f32x4.sub(f32x4.add(f32x4.mul(n, F32_HALF), F32_ROUNDER), F32_ROUNDER);
  return f32x4.mul(f32x4.mul(p, powerOfTwo32(half)), powerOfTwo32(f32x4.sub(n, half)));
}

/** exp(x − n·ln 2). */
// @ts-ignore: decorator
@inline
function expOfRest32(x: v128, n: v128): v128 {
  let r = multiplyAdd<f32>(n, F32_LN2_HIGH, x);
  r = multiplyAdd<f32>(n, F32_LN2_LOW, r);
  let q = multiplyAdd<f32>(F32_C6, r, F32_C5);
  q = multiplyAdd<f32>(q, r, F32_C4);
  q = multiplyAdd<f32>(q, r, F32_C3);
  q = multiplyAdd<f32>(q, r, F32_HALF);
  return f32x4.add(multiplyAdd<f32>(q, f32x4.mul(r, r), r), F32_ONE);
}

/** 2ⁿ: n + 127 stands in the low bits once the rounder is added, and is shifted to where the exponent belongs. */
// @ts-ignore: decorator
@inline
function powerOfTwo32(n: v128): v128 {
  return i32x4.shl(f32x4.add(n, F32_ROUNDER_BIAS), 23);
}

// @ts-ignore: decorator
@inline
function exp64(x: v128): v128 {
  x = f64x2.pmax(f64x2.pmin(x, F64_MOST), F64_LEAST);
  const n = f64x2.sub(multiplyAdd<f64>(x, F64_LOG2E, F64_ROUNDER), F64_ROUNDER);
  const p = expOfRest64(x, n);
  const half = f64x2.sub(f64x2.add(f64x2.mul(n, F64_HALF), F64_ROUNDER), F64_ROUNDER);
  return f64x2.mul(f64x2.mul(p, powerOfTwo64(half)), powerOfTwo64(f64x2.sub(n, half)));
}

// @ts-ignore: decorator
@inline
function expOfRest64(x: v128, n: v128): v128 {
  let r = multiplyAdd<f64>(n, F64_LN2_HIGH, x);
  r = multiplyAdd<f64>(n, F64_LN2_LOW, r);
  let q = multiplyAdd<f64>(F64_C11, r, F64_C10);
  q = multiplyAdd<f64>(q, r, F64_C9);
  q = multiplyAdd<f64>(q, r, F64_C8);
  q = multiplyAdd<f64>(q, r, F64_C7);
  q = multiplyAdd<f64>(q, r, F64_C6);
  q = multiplyAdd<f64>(q, r, F64_C5);
  q = multiplyAdd<f64>(q, r, F64_C4);
  q = multiplyAdd<f64>(q, r, F64_C3);
  q = multiplyAdd<f64>(q, r, F64_HALF);
  return f64x2.add(multiplyAdd<f64>(q, f64x2.mul(r, r), r), F64_ONE);
}

// @ts-ignore: decorator
@inline
function powerOfTwo64(n: v128): v128 {
  return i64x2.shl(f64x2.add(n, F64_ROUNDER_BIAS), 52);
}
