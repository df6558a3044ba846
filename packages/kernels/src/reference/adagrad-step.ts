// AdaGrad: one step, elementwise and in place.
import type { AdagradStep } from "../optimizer-steps.ts";
import type { Tensor } from "../tensor.ts";
import { roundingOf } from "./rounding.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** d = g + weightDecay·p; h ← h + d²; p ← p − learningRate·(d / (√h + eps)). √ is correctly rounded. */
export function adagradStep(p: Tensor, g: Tensor, h: Tensor, step: AdagradStep): void {
  const round = roundingOf(p);
  const rate = round(step.learningRate);
  const weightDecay = round(step.weightDecay);
  const eps = round(step.eps);
  const length = rowLength(p);
  const [ps, gs, hs] = [rowStride(p), rowStride(g), rowStride(h)];
  for (let row = 0; row < rowCount(p); row++) {
    let [pi, gi, hi] = [rowStart(p, row), rowStart(g, row), rowStart(h, row)];
    for (let j = 0; j < length; j++, pi += ps, gi += gs, hi += hs) {
      const d = round(g.data[gi] + round(weightDecay * p.data[pi]));
      const sum = round(h.data[hi] + round(d * d));
      h.data[hi] = sum;
      p.data[pi] -= round(rate * round(d / round(round(Math.sqrt(sum)) + eps)));
    }
  }
}
