// One step of Adam or AdamW on vectors without gaps, as src/reference/adam-step.ts has it; never fused.
import { lanes, loadGroup, storeGroup } from "./row";

/**
 * d = g + weightDecay·p; m ← beta1·m + rest1·d; v ← beta2·v + (rest2·d)·d, with rest = 1 − beta;
 * p ← keep·p − stepSize·(m / (√v / rootCorrection + eps)).
 */
// @ts-ignore: decorator
@inline
export function adamStep<T>(
  count: i32, p: usize, g: usize, m: usize, v: usize, stepSize: T, rootCorrection: T, beta1: T, rest1: T, beta2: T,
  rest2: T, weightDecay: T, keep: T, eps: T,
): void {
  const rate = v128.splat<T>(stepSize);
  const root = v128.splat<T>(rootCorrection);
  const old1 = v128.splat<T>(beta1);
  const fresh1 = v128.splat<T>(rest1);
  const old2 = v128.splat<T>(beta2);
  const fresh2 = v128.splat<T>(rest2);
  const decay = v128.splat<T>(weightDecay);
  const kept = v128.splat<T>(keep);
  const least = v128.splat<T>(eps);
  for (; count >= lanes<T>(); count -= lanes<T>()) {
    update<T>(lanes<T>(), p, g, m, v, rate, root, old1, fresh1, old2, fresh2, decay, kept, least);
    p += 16;
    g += 16;
    m += 16;
    v += 16;
  }
  if (count > 0) update<T>(count, p, g, m, v, rate, root, old1, fresh1, old2, fresh2, decay, kept, least);
}

// @ts-ignore: decorator
@inline
function update<T>(
  live: i32, p: usize, g: usize, m: usize, v: usize, rate: v128, root: v128, old1: v128, fresh1: v128, old2: v128,
  fresh2: v128, decay: v128, kept: v128, least: v128,
): void {
  const parameter = loadGroup<T>(p, live);
  const d = v128.add<T>(loadGroup<T>(g, live), v128.mul<T>(decay, parameter));
  const mean = v128.add<T>(v128.mul<T>(old1, loadGroup<T>(m, live)), v128.mul<T>(fresh1, d));
  const own = v128.mul<T>(v128.mul<T>(fresh2, d), d);
  const square = v128.add<T>(v128.mul<T>(old2, loadGroup<T>(v, live)), own);
  storeGroup<T>(m, mean, live);
  storeGroup<T>(v, square, live);
  const divisor = v128.add<T>(v128.div<T>(v128.sqrt<T>(square), root), least);
  const move = v128.mul<T>(rate, v128.div<T>(mean, divisor));
  storeGroup<T>(p, v128.sub<T>(v128.mul<T>(kept, parameter), move), live);
}
