// log of one float64, in the operations of src/reference/log.ts, one for one.

export function log(x: f64): f64 {
  if (!(x > 0) || x == Infinity) return x == 0 ? -Infinity : x > 0 ? x : NaN;
  const subnormal = x < 2.2250738585072014e-308;
  const bits = reinterpret<u64>(subnormal ? x * 18014398509481984 : x);
  const high = <i32>(bits >> 32);
  const significand = high & 0xfffff;
  const halve = significand >= 0x6a09e ? 1 : 0;
  const k = <f64>((high >>> 20) - 1023 + halve - (subnormal ? 54 : 0));
  const m = (<u64>(((1023 - halve) << 20) | significand) << 32) | (bits & 0xffffffff);
  const f = reinterpret<f64>(m) - 1;
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
