// exp in every lane, in the operations of src/reference/exp.ts, one for one.
import { multiplyAdd } from "./multiply-add";

/** exp in four float32 or two float64 lanes. */
// @ts-ignore: decorator
@inline
export function exp<T>(x: v128): v128 {
  return sizeof<T>() == 4 ? exp32(x) : exp64(x);
}

// @ts-ignore: decorator
@inline
function exp32(x: v128): v128 {
  const rounder = f32x4.splat(12582912);
  // pmin and pmax with x first hand a NaN through.
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = f32x4.sub(multiplyAdd<f32>(x, f32x4.splat(1.4426950216293335), rounder), rounder);
  let r = multiplyAdd<f32>(n, f32x4.splat(-0.693145751953125), x);
  r = multiplyAdd<f32>(n, f32x4.splat(-1.428606765330187e-6), r);
  let q = multiplyAdd<f32>(f32x4.splat(1.3918773038312793e-3), r, f32x4.splat(8.357248269021511e-3));
  q = multiplyAdd<f32>(q, r, f32x4.splat(4.166662320494652e-2));
  q = multiplyAdd<f32>(q, r, f32x4.splat(0.1666663140058517));
  q = multiplyAdd<f32>(q, r, f32x4.splat(0.5));
  const p = f32x4.add(multiplyAdd<f32>(q, f32x4.mul(r, r), r), f32x4.splat(1));
  const half = f32x4.sub(f32x4.add(f32x4.mul(n, f32x4.splat(0.5)), rounder), rounder);
  return f32x4.mul(f32x4.mul(p, powerOfTwo32(half)), powerOfTwo32(f32x4.sub(n, half)));
}

/** 2ⁿ: n + 127 stands in the low bits once the rounder is added, and is shifted to where the exponent belongs. */
// @ts-ignore: decorator
@inline
function powerOfTwo32(n: v128): v128 {
  return i32x4.shl(f32x4.add(n, f32x4.splat(12582912 + 127)), 23);
}

// @ts-ignore: decorator
@inline
function exp64(x: v128): v128 {
  const rounder = f64x2.splat(6755399441055744);
  x = f64x2.pmax(f64x2.pmin(x, f64x2.splat(710)), f64x2.splat(-746));
  const n = f64x2.sub(multiplyAdd<f64>(x, f64x2.splat(1.4426950408889634), rounder), rounder);
  let r = multiplyAdd<f64>(n, f64x2.splat(-0.6931471805598903), x);
  r = multiplyAdd<f64>(n, f64x2.splat(-5.497923018708371e-14), r);
  let q = multiplyAdd<f64>(f64x2.splat(2.509563297507093e-8), r, f64x2.splat(2.761390867578486e-7));
  q = multiplyAdd<f64>(q, r, f64x2.splat(2.755727992579576e-6));
  q = multiplyAdd<f64>(q, r, f64x2.splat(2.480153620505534e-5));
  q = multiplyAdd<f64>(q, r, f64x2.splat(1.9841269854409363e-4));
  q = multiplyAdd<f64>(q, r, f64x2.splat(1.3888888905973543e-3));
  q = multiplyAdd<f64>(q, r, f64x2.splat(8.333333333332147e-3));
  q = multiplyAdd<f64>(q, r, f64x2.splat(4.1666666666651246e-2));
  q = multiplyAdd<f64>(q, r, f64x2.splat(0.16666666666666666));
  q = multiplyAdd<f64>(q, r, f64x2.splat(0.5));
  const p = f64x2.add(multiplyAdd<f64>(q, f64x2.mul(r, r), r), f64x2.splat(1));
  const half = f64x2.sub(f64x2.add(f64x2.mul(n, f64x2.splat(0.5)), rounder), rounder);
  return f64x2.mul(f64x2.mul(p, powerOfTwo64(half)), powerOfTwo64(f64x2.sub(n, half)));
}

// @ts-ignore: decorator
@inline
function powerOfTwo64(n: v128): v128 {
  return i64x2.shl(f64x2.add(n, f64x2.splat(6755399441055744 + 1023)), 52);
}
