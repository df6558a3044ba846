// Momentum: a ball that rolls down the loss and keeps its speed (Deep Learning from Scratch, section 6.1.4).
import type { Tensor } from "@gradloom/kernels";
import { BaseOptimizer, type OptimizerOptions } from "./base-optimizer.ts";
import { share } from "./hyperparameters.ts";

/** Options of Momentum and Nesterov. */
export interface MomentumOptions extends OptimizerOptions {
  /** α: the share of its speed that the ball keeps from step to step. Default 0.9. The learning rate's is 0.01. */
  readonly momentum?: number;
}

/**
 * v ← α·v + ∂L/∂W; W ← W − η·v, the definition of PyTorch's `SGD(momentum=α)` (Polyak 1964; Sutskever et al. 2013).
 * The book puts η into v: v ← α·v − η·∂L/∂W; W ← W + v. While η stays the same, that is the same walk.
 */
export class Momentum extends BaseOptimizer {
  readonly name: string = "momentum";
  readonly stateNames: readonly string[] = ["v"];
  /** α. */
  readonly momentum: number;
  /** Whether a step looks ahead to where it is rolling: what Nesterov changes. */
  protected readonly nesterov: boolean = false;

  /** @throws ValueError for numbers that cannot be. */
  constructor(options: MomentumOptions = {}) {
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
    const { momentum, weightDecay, nesterov } = this;
    this.kernels.momentumStep(parameters, gradients, state[0], {
      learningRate: this.rateOf(learningRate),
      momentum,
      weightDecay,
      nesterov,
    });
  }
}
