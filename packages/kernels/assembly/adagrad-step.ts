// One step of AdaGrad on vectors without gaps, as src/reference/adagrad-step.ts has it; never fused.
import { lanes, loadGroup, storeGroup } from "./row";

/** d = g + weightDecay·p; h ← h + d²; p ← p − learningRate·(d / (√h + eps)). */
// @ts-ignore: decorator
@inline
export function adagradStep<T>(
  count: i32, p: usize, g: usize, h: usize, learningRate: T, weightDecay: T, eps: T,
): void {
  const rate = v128.splat<T>(learningRate);
  const decay = v128.splat<T>(weightDecay);
  const least = v128.splat<T>(eps);
  for (; count >= lanes<T>(); count -= lanes<T>()) {
    update<T>(lanes<T>(), p, g, h, rate, decay, least);
    p += 16;
    g += 16;
    h += 16;
  }
  if (count > 0) update<T>(count, p, g, h, rate, decay, least);
}

// @ts-ignore: decorator
@inline
function update<T>(live: i32, p: usize, g: usize, h: usize, rate: v128, decay: v128, least: v128): void {
  const parameter = loadGroup<T>(p, live);
  const d = v128.add<T>(loadGroup<T>(g, live), v128.mul<T>(decay, parameter));
  const sum = v128.add<T>(loadGroup<T>(h, live), v128.mul<T>(d, d));
  storeGroup<T>(h, sum, live);
  const direction = v128.div<T>(d, v128.add<T>(v128.sqrt<T>(sum), least));
  storeGroup<T>(p, v128.sub<T>(parameter, v128.mul<T>(rate, direction)), live);
}
