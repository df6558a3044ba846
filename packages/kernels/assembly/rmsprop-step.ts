// One step of RMSProp on vectors without gaps, as src/reference/rmsprop-step.ts has it; never fused.
import { lanes, loadGroup, storeGroup } from "./row";

/** d = g + weightDecay·p; h ← decayRate·h + (rest·d)·d, rest = 1 − decayRate; p ← p − learningRate·(d / (√h + eps)). */
// @ts-ignore: decorator
@inline
export function rmspropStep<T>(
  count: i32, p: usize, g: usize, h: usize, learningRate: T, decayRate: T, rest: T, weightDecay: T, eps: T,
): void {
  const rate = v128.splat<T>(learningRate);
  const old = v128.splat<T>(decayRate);
  const fresh = v128.splat<T>(rest);
  const decay = v128.splat<T>(weightDecay);
  const least = v128.splat<T>(eps);
  for (; count >= lanes<T>(); count -= lanes<T>()) {
    update<T>(lanes<T>(), p, g, h, rate, old, fresh, decay, least);
    p += 16;
    g += 16;
    h += 16;
  }
  if (count > 0) update<T>(count, p, g, h, rate, old, fresh, decay, least);
}

// @ts-ignore: decorator
@inline
function update<T>(
  live: i32, p: usize, g: usize, h: usize, rate: v128, old: v128, fresh: v128, decay: v128, least: v128,
): void {
  const parameter = loadGroup<T>(p, live);
  const d = v128.add<T>(loadGroup<T>(g, live), v128.mul<T>(decay, parameter));
  const square = v128.mul<T>(v128.mul<T>(fresh, d), d);
  const mean = v128.add<T>(v128.mul<T>(old, loadGroup<T>(h, live)), square);
  storeGroup<T>(h, mean, live);
  const direction = v128.div<T>(d, v128.add<T>(v128.sqrt<T>(mean), least));
  storeGroup<T>(p, v128.sub<T>(parameter, v128.mul<T>(rate, direction)), live);
}
