// a·b + c in every lane: the one place where the two instruction variants differ.

/**
 * Strict: the product is rounded, then the sum, as plain loops do.
 * With relaxed SIMD: fused, rounded once, where the machine has the instruction.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}
