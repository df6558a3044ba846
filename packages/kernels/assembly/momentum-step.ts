// One step of gradient descent with momentum on vectors without gaps, as src/reference/momentum-step.ts has it.
// Never fused, in the relaxed variant neither: an optimizer's step has the reference's bits on every backend.
import { lanes, loadGroup, storeGroup } from "./row";

/** d = g + weightDecay·p; v ← momentum·v + d; p ← p − learningRate·(v, or with NESTEROV d + momentum·v). */
// @ts-ignore: decorator
@inline
export function momentumStep<T>(
  NESTEROV: bool, count: i32, p: usize, g: usize, v: usize, learningRate: T, momentum: T, weightDecay: T,
): void {
  const rate = v128.splat<T>(learningRate);
  const share = v128.splat<T>(momentum);
  const decay = v128.splat<T>(weightDecay);
  for (; count >= lanes<T>(); count -= lanes<T>()) {
    update<T>(NESTEROV, lanes<T>(), p, g, v, rate, share, decay);
    p += 16;
    g += 16;
    v += 16;
  }
  if (count > 0) update<T>(NESTEROV, count, p, g, v, rate, share, decay);
}

// @ts-ignore: decorator
@inline
function update<T>(
  NESTEROV: bool, live: i32, p: usize, g: usize, v: usize, rate: v128, share: v128, decay: v128,
): void {
  const parameter = loadGroup<T>(p, live);
  const d = v128.add<T>(loadGroup<T>(g, live), v128.mul<T>(decay, parameter));
  const velocity = v128.add<T>(v128.mul<T>(share, loadGroup<T>(v, live)), d);
  const direction = NESTEROV ? v128.add<T>(d, v128.mul<T>(share, velocity)) : velocity;
  storeGroup<T>(v, velocity, live);
  storeGroup<T>(p, v128.sub<T>(parameter, v128.mul<T>(rate, direction)), live);
}
