// The natural logarithm in float64, by arithmetic alone: the same bits in every engine and in WebAssembly.

const view = new DataView(new ArrayBuffer(8));
/** High word of √2's significand: where a significand is halved so that m stays within [√½, √2). */
const SQRT_2_HIGH = 0x6a09e;

/**
 * log(x) in float64, within 1 ulp. 0 gives −Infinity, negative numbers and NaN give NaN.
 *
 * x = 2ᵏ·m, f = m − 1, s = f/(2 + f): log m = f − (f²/2 − s·(f²/2 + z·R(z))), z = s²
 * (the form of the C libraries; R and the two halves of ln 2: scripts/fit-polynomials.py).
 */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  const subnormal = x < 2.2250738585072014e-308;
  view.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  const high = view.getInt32(0);
  const significand = high & 0xfffff;
  const halve = significand >= SQRT_2_HIGH ? 1 : 0;
  const k = (high >>> 20) - 1023 + halve - (subnormal ? 54 : 0);
  view.setInt32(0, ((1023 - halve) << 20) | significand);
  const f = view.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  let q = 0.14617807153417325 * z + 0.15331611722055008;
  q = q * z + 0.1818289243253687;
  q = q * z + 0.22222211089379496;
  q = q * z + 0.28571428626253836;
  q = q * z + 0.3999999999989889;
  q = q * z + 0.666666666666667;
  const halfSquare = f * f * 0.5;
  const tail = s * (halfSquare + z * q) + k * 5.497923018708371e-14;
  return k * 0.6931471805598903 - (halfSquare - tail - f);
}
