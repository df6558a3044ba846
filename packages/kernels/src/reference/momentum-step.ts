// Gradient descent with momentum, Polyak's or Nesterov's: one step, elementwise and in place.
import type { MomentumStep } from "../optimizer-steps.ts";
import type { Tensor } from "../tensor.ts";
import { roundingOf } from "./rounding.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** d = g + weightDecay·p; v ← momentum·v + d; p ← p − learningRate·(v, or with nesterov d + momentum·v). */
export function momentumStep(p: Tensor, g: Tensor, v: Tensor, step: MomentumStep): void {
  const round = roundingOf(p);
  const rate = round(step.learningRate);
  const momentum = round(step.momentum);
  const weightDecay = round(step.weightDecay);
  const { nesterov } = step;
  const length = rowLength(p);
  const [ps, gs, vs] = [rowStride(p), rowStride(g), rowStride(v)];
  for (let row = 0; row < rowCount(p); row++) {
    let [pi, gi, vi] = [rowStart(p, row), rowStart(g, row), rowStart(v, row)];
    for (let j = 0; j < length; j++, pi += ps, gi += gs, vi += vs) {
      const d = round(g.data[gi] + round(weightDecay * p.data[pi]));
      const velocity = round(round(momentum * v.data[vi]) + d);
      const direction = nesterov ? round(d + round(momentum * velocity)) : velocity;
      v.data[vi] = velocity;
      p.data[pi] -= round(rate * direction);
    }
  }
}
