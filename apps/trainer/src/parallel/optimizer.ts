// The optimizer that a run names, over kernels of the caller's.
import {
  AdaGrad,
  Adam,
  AdamW,
  Momentum,
  type MomentumOptions,
  Nesterov,
  type Optimizer,
  RMSProp,
  SGD,
} from "@gradloom/core";
import type { OptimizerName, TrainingOptions } from "../options.ts";

const OPTIMIZERS: Readonly<Record<OptimizerName, new (options: MomentumOptions) => Optimizer>> = {
  sgd: SGD,
  momentum: Momentum,
  nesterov: Nesterov,
  adagrad: AdaGrad,
  rmsprop: RMSProp,
  adam: Adam,
  adamw: AdamW,
};

/** An optimizer by name and numbers, for the workers. What is left out is the optimizer's own. */
export interface OptimizerSettings {
  readonly name: OptimizerName;
  readonly learningRate: number;
  readonly weightDecay?: number;
  readonly momentum?: number;
}

export function optimizerSettings({
  optimizer,
  learningRate,
  weightDecay,
  momentum,
}: Pick<TrainingOptions, "optimizer" | "learningRate" | "weightDecay" | "momentum">): OptimizerSettings {
  return {
    name: optimizer,
    learningRate,
    ...(weightDecay === undefined ? {} : { weightDecay }),
    ...(momentum === undefined ? {} : { momentum }),
  };
}

/** @param options those that an optimizer does not know change nothing */
export function optimizerOf(name: OptimizerName, options: MomentumOptions = {}): Optimizer {
  return new OPTIMIZERS[name](options);
}
