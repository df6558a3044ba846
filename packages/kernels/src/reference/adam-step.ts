// Adam and AdamW: one step, elementwise and in place.
import type { AdamStep } from "../optimizer-steps.ts";
import type { Tensor } from "../tensor.ts";
import { roundingOf } from "./rounding.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/**
 * d = g + weightDecay·p; m ← beta1·m + (1 − beta1)·d; v ← beta2·v + ((1 − beta2)·d)·d;
 * p ← keep·p − stepSize·(m / (√v / rootCorrection + eps)).
 * 1 − beta1 and 1 − beta2 are taken in float64, then rounded. √ is correctly rounded.
 */
export function adamStep(p: Tensor, g: Tensor, m: Tensor, v: Tensor, step: AdamStep): void {
  const round = roundingOf(p);
  const [beta1, rest1] = [round(step.beta1), round(1 - step.beta1)];
  const [beta2, rest2] = [round(step.beta2), round(1 - step.beta2)];
  const [stepSize, rootCorrection] = [round(step.stepSize), round(step.rootCorrection)];
  const [weightDecay, keep, eps] = [round(step.weightDecay), round(step.keep), round(step.eps)];
  const length = rowLength(p);
  const [ps, gs, ms, vs] = [rowStride(p), rowStride(g), rowStride(m), rowStride(v)];
  for (let row = 0; row < rowCount(p); row++) {
    let [pi, gi, mi, vi] = [rowStart(p, row), rowStart(g, row), rowStart(m, row), rowStart(v, row)];
    for (let j = 0; j < length; j++, pi += ps, gi += gs, mi += ms, vi += vs) {
      const d = round(g.data[gi] + round(weightDecay * p.data[pi]));
      const mean = round(round(beta1 * m.data[mi]) + round(rest1 * d));
      const square = round(round(beta2 * v.data[vi]) + round(round(rest2 * d) * d));
      m.data[mi] = mean;
      v.data[vi] = square;
      const divisor = round(round(round(Math.sqrt(square)) / rootCorrection) + eps);
      p.data[pi] = round(keep * p.data[pi]) - round(stepSize * round(mean / divisor));
    }
  }
}
