// Nesterov: momentum that looks ahead to where it is rolling.
import type { Tensor } from "@gradloom/kernels";
import { BaseOptimizer } from "./base-optimizer.ts";
import { share } from "./hyperparameters.ts";
import type { MomentumOptions } from "./momentum.ts";

/** As for Momentum. */
export type NesterovOptions = MomentumOptions;

/**
 * v ← α·v + ∂L/∂W; W ← W − η·(∂L/∂W + α·v), the definition of PyTorch's `SGD(momentum=α, nesterov=True)`.
 * Source: Nesterov 1983, in the form of Sutskever et al. 2013, section 2. The book's code has the same walk with η in v.
 */
export class Nesterov extends BaseOptimizer {
  readonly name = "nesterov";
  readonly stateNames: readonly string[] = ["v"];
  /** α. */
  readonly momentum: number;

  /** @throws ValueError for numbers that cannot be. */
  constructor(options: NesterovOptions = {}) {
    super(options, 0.01);
    this.momentum = share("momentum", options.momentum ?? 0.9, "0.9");
  }

  step(
    parameters: Tensor,
    gradients: Tensor,
    state: readonly Tensor[],
    iteration: number,
    learningRate?: number,
  ): void {
    this.requireStep(state, iteration);
    const { momentum, weightDecay } = this;
    this.kernels.momentumStep(parameters, gradients, state[0], {
      learningRate: this.rateOf(learningRate),
      momentum,
      weightDecay,
      nesterov: true,
    });
  }
}
