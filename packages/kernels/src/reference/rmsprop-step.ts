// RMSProp: one step, elementwise and in place.
import type { RmspropStep } from "../optimizer-steps.ts";
import type { Tensor } from "../tensor.ts";
import { roundingOf } from "./rounding.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/**
 * d = g + weightDecay·p; h ← decayRate·h + ((1 − decayRate)·d)·d; p ← p − learningRate·(d / (√h + eps)).
 * 1 − decayRate is taken in float64, then rounded. √ is correctly rounded.
 */
export function rmspropStep(p: Tensor, g: Tensor, h: Tensor, step: RmspropStep): void {
  const round = roundingOf(p);
  const rate = round(step.learningRate);
  const decayRate = round(step.decayRate);
  const rest = round(1 - step.decayRate);
  const weightDecay = round(step.weightDecay);
  const eps = round(step.eps);
  const length = rowLength(p);
  const [ps, gs, hs] = [rowStride(p), rowStride(g), rowStride(h)];
  for (let row = 0; row < rowCount(p); row++) {
    let [pi, gi, hi] = [rowStart(p, row), rowStart(g, row), rowStart(h, row)];
    for (let j = 0; j < length; j++, pi += ps, gi += gs, hi += hs) {
      const d = round(g.data[gi] + round(weightDecay * p.data[pi]));
      const mean = round(round(decayRate * h.data[hi]) + round(round(rest * d) * d));
      h.data[hi] = mean;
      p.data[pi] -= round(rate * round(d / round(round(Math.sqrt(mean)) + eps)));
    }
  }
}
