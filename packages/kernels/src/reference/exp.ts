// The exponential function in both precisions, in operations that SIMD can repeat bit for bit.
//
// x = n·ln 2 + r with a whole n and |r| ≤ ln2/2; exp(x) = 2ⁿ·exp(r), exp(r) by a polynomial
// (coefficients and the two halves of ln 2: scripts/fit-polynomials.py). 2ⁿ is multiplied on in two steps, so that
// results in the subnormal range round once and 2¹²⁸ (2¹⁰²⁴) is never needed as a factor.
// Engines differ in the last bits of their own exp; this one has the same bits everywhere.

/** 1.5·2^(mantissa bits): adding it rounds to a whole number, ties to even, and leaves that number in the low bits. */
const ROUNDER_32 = 12582912;
const ROUNDER_64 = 6755399441055744;

const view = new DataView(new ArrayBuffer(8));

/** 2ⁿ in float64 for −1022 ≤ n ≤ 1023, put together from its exponent bits. */
function powerOfTwo(n: number): number {
  view.setInt32(0, (n + 1023) << 20);
  view.setInt32(4, 0);
  return view.getFloat64(0);
}

/**
 * exp(x) in float64, within 1 ulp.
 * Overflow gives Infinity, −Infinity gives 0, NaN gives NaN; subnormal results are exact to half their last bit.
 */
export function exp(x: number): number {
  // Beyond these ends the result is Infinity or 0, and n would leave the range of two steps.
  const bounded = Math.max(-746, Math.min(710, x));
  const n = bounded * Math.LOG2E + ROUNDER_64 - ROUNDER_64;
  const r = bounded - n * 0.6931471805598903 - n * 5.497923018708371e-14;
  let q = 2.509563297507093e-8 * r + 2.761390867578486e-7;
  q = q * r + 2.755727992579576e-6;
  q = q * r + 2.480153620505534e-5;
  q = q * r + 1.9841269854409363e-4;
  q = q * r + 1.3888888905973543e-3;
  q = q * r + 8.333333333332147e-3;
  q = q * r + 4.1666666666651246e-2;
  q = q * r + 0.16666666666666666;
  q = q * r + 0.5;
  const p = q * (r * r) + r + 1;
  if (Number.isNaN(p)) return p;
  const half = n * 0.5 + ROUNDER_64 - ROUNDER_64;
  return p * powerOfTwo(half) * powerOfTwo(n - half);
}

const f = Math.fround;
const LOG2E = f(1.4426950216293335);
const LN2_HI = f(0.693145751953125);
const LN2_LO = f(1.428606765330187e-6);
const C3 = f(0.1666663140058517);
const C4 = f(4.166662320494652e-2);
const C5 = f(8.357248269021511e-3);
const C6 = f(1.3918773038312793e-3);

/**
 * exp(x) in float32, within 1.2 ulp; x is taken as a float32. Every product and every sum is rounded to float32,
 * as f32x4.mul and f32x4.add round them. Ends and specials as in {@link exp}.
 */
export function expf(x: number): number {
  const bounded = Math.max(-104, Math.min(89, f(x)));
  const n = f(f(f(bounded * LOG2E) + ROUNDER_32) - ROUNDER_32);
  const r = f(f(bounded - f(n * LN2_HI)) - f(n * LN2_LO));
  let q = f(f(C6 * r) + C5);
  q = f(f(q * r) + C4);
  q = f(f(q * r) + C3);
  q = f(f(q * r) + 0.5);
  const p = f(f(f(q * f(r * r)) + r) + 1);
  if (Number.isNaN(p)) return p;
  const half = f(f(f(n * 0.5) + ROUNDER_32) - ROUNDER_32);
  // The first product is exact; powers of two of these sizes are the same number in both precisions.
  return f(f(p * powerOfTwo(half)) * powerOfTwo(n - half));
}
