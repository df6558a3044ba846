// The optimizers' steps at the border: parameters, gradients and state of one shape, each in memory of its own.
import type { Backend } from "../backend.ts";
import type { AdagradStep, AdamStep, MomentumStep, RmspropStep } from "../optimizer-steps.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import { judgeFinite, judgePositive } from "./numbers.ts";
import { judgeFloats } from "./operands.ts";
import { judgeApart, judgeOutput, judgeSameShape } from "./outputs.ts";

export function momentumStep<T extends FloatArray>(
  backend: Backend,
  p: Tensor<T>,
  g: Tensor<T>,
  v: Tensor<T>,
  step: MomentumStep,
): Tensor<T> {
  judgeStep("momentumStep", { p, v }, g);
  judgeNumbers("momentumStep", step, ["learningRate", "momentum", "weightDecay"], p);
  backend.momentumStep(p, g, v, step);
  return p;
}

export function adagradStep<T extends FloatArray>(
  backend: Backend,
  p: Tensor<T>,
  g: Tensor<T>,
  h: Tensor<T>,
  step: AdagradStep,
): Tensor<T> {
  judgeStep("adagradStep", { p, h }, g);
  judgeNumbers("adagradStep", step, ["learningRate", "weightDecay"], p);
  judgePositive("adagradStep", "eps", step.eps, p);
  backend.adagradStep(p, g, h, step);
  return p;
}

export function rmspropStep<T extends FloatArray>(
  backend: Backend,
  p: Tensor<T>,
  g: Tensor<T>,
  h: Tensor<T>,
  step: RmspropStep,
): Tensor<T> {
  judgeStep("rmspropStep", { p, h }, g);
  judgeNumbers("rmspropStep", step, ["learningRate", "decayRate", "weightDecay"], p);
  judgePositive("rmspropStep", "eps", step.eps, p);
  backend.rmspropStep(p, g, h, step);
  return p;
}

export function adamStep<T extends FloatArray>(
  backend: Backend,
  p: Tensor<T>,
  g: Tensor<T>,
  m: Tensor<T>,
  v: Tensor<T>,
  step: AdamStep,
): Tensor<T> {
  judgeStep("adamStep", { p, m, v }, g);
  judgeNumbers("adamStep", step, ["stepSize", "beta1", "beta2", "weightDecay", "keep"], p);
  judgePositive("adamStep", "rootCorrection", step.rootCorrection, p);
  judgePositive("adamStep", "eps", step.eps, p);
  backend.adamStep(p, g, m, v, step);
  return p;
}

/** @throws DtypeError, ShapeError or AliasError unless what is written fits the gradients and shares no memory. */
function judgeStep(op: string, written: Readonly<Record<string, Tensor>>, g: Tensor): void {
  judgeFloats(op, "g", g);
  const outputs = Object.entries(written);
  for (const [i, [name, t]] of outputs.entries()) {
    judgeOutput(op, name, t, "g", g);
    judgeSameShape(op, name, t, "g", g);
    judgeApart(op, name, t, "g", g);
    for (const [other, u] of outputs.slice(0, i)) judgeApart(op, name, t, other, u);
  }
}

function judgeNumbers<N extends string>(
  op: string,
  step: Readonly<Record<N, number>>,
  names: readonly N[],
  t: Tensor,
): void {
  for (const name of names) judgeFinite(op, name, step[name], t);
}
