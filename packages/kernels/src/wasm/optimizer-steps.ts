// The optimizers' steps in SIMD, in place in the arena, with the bits of src/reference/ in both variants. WebAssembly
// rounds the numbers of a step to its parameters' type; what is one minus a share is taken in float64 before that.
import type { AdagradStep, AdamStep, MomentumStep, RmspropStep } from "../optimizer-steps.ts";
import type { Tensor } from "../tensor.ts";
import { columnsOf, GAPS, rowBytes, rowsOf } from "./rows.ts";
import type { Workspace } from "./workspace.ts";

/** False, with nothing done, unless all three lie in the arena without gaps in their rows. */
export function momentumStep(work: Workspace, p: Tensor, g: Tensor, v: Tensor, step: MomentumStep): boolean {
  const kernel = work.kernels(p.data).momentum_step;
  const { learningRate, momentum, weightDecay, nesterov } = step;
  return eachRow(work, p, g, v, v, (count, pAt, gAt, vAt) => {
    kernel(count, pAt, gAt, vAt, learningRate, momentum, weightDecay, nesterov);
  });
}

/** As {@link momentumStep}. */
export function adagradStep(work: Workspace, p: Tensor, g: Tensor, h: Tensor, step: AdagradStep): boolean {
  const kernel = work.kernels(p.data).adagrad_step;
  const { learningRate, weightDecay, eps } = step;
  return eachRow(work, p, g, h, h, (count, pAt, gAt, hAt) => {
    kernel(count, pAt, gAt, hAt, learningRate, weightDecay, eps);
  });
}

/** As {@link momentumStep}. */
export function rmspropStep(work: Workspace, p: Tensor, g: Tensor, h: Tensor, step: RmspropStep): boolean {
  const kernel = work.kernels(p.data).rmsprop_step;
  const { learningRate, decayRate, weightDecay, eps } = step;
  return eachRow(work, p, g, h, h, (count, pAt, gAt, hAt) => {
    kernel(count, pAt, gAt, hAt, learningRate, decayRate, 1 - decayRate, weightDecay, eps);
  });
}

/** As {@link momentumStep}, with four. */
export function adamStep(
  work: Workspace,
  p: Tensor,
  g: Tensor,
  m: Tensor,
  v: Tensor,
  step: AdamStep,
): boolean {
  const kernel = work.kernels(p.data).adam_step;
  const { stepSize, rootCorrection, beta1, beta2, weightDecay, keep, eps } = step;
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  return eachRow(work, p, g, m, v, (count, pAt, gAt, mAt, vAt) => {
    kernel(
      count,
      pAt,
      gAt,
      mAt,
      vAt,
      stepSize,
      rootCorrection,
      beta1,
      rest1,
      beta2,
      rest2,
      weightDecay,
      keep,
      eps,
    );
  });
}

/** Calls `run` with the address of every row of each operand, or, where their rows touch, once for all of them. */
function eachRow(
  work: Workspace,
  p: Tensor,
  g: Tensor,
  s: Tensor,
  v: Tensor,
  run: (count: number, p: number, g: number, s: number, v: number) => void,
): boolean {
  const pAt = work.address(p);
  const gAt = work.address(g);
  const sAt = work.address(s);
  const vAt = work.address(v);
  if (pAt < 0 || gAt < 0 || sAt < 0 || vAt < 0) return false;
  const pRow = rowBytes(p);
  const gRow = rowBytes(g);
  const sRow = rowBytes(s);
  const vRow = rowBytes(v);
  if (pRow === GAPS || gRow === GAPS || sRow === GAPS || vRow === GAPS) return false;
  const columns = columnsOf(p);
  const dense = columns * p.data.BYTES_PER_ELEMENT;
  if (pRow === dense && gRow === dense && sRow === dense && vRow === dense) {
    run(rowsOf(p) * columns, pAt, gAt, sAt, vAt);
    return true;
  }
  for (let i = 0; i < rowsOf(p); i++) {
    run(columns, pAt + i * pRow, gAt + i * gRow, sAt + i * sRow, vAt + i * vRow);
  }
  return true;
}
