// The optimizer that a run names, over kernels of the caller's.
import {
  AdaGrad,
  Adam,
  AdamW,
  Momentum,
  Nesterov,
  type Optimizer,
  type OptimizerOptions,
  RMSProp,
  SGD,
} from "@gradloom/core";
import type { OptimizerName } from "../options.ts";

const OPTIMIZERS: Readonly<Record<OptimizerName, new (options: OptimizerOptions) => Optimizer>> = {
  sgd: SGD,
  momentum: Momentum,
  nesterov: Nesterov,
  adagrad: AdaGrad,
  rmsprop: RMSProp,
  adam: Adam,
  adamw: AdamW,
};

export function optimizerOf(name: OptimizerName, options: OptimizerOptions = {}): Optimizer {
  return new OPTIMIZERS[name](options);
}
