// SGD: walks a small step down the gradient (Deep Learning from Scratch, section 6.1.2).
import type { Tensor } from "@gradloom/kernels";
import { BaseOptimizer, type OptimizerOptions } from "./base-optimizer.ts";

/** `learningRate` is 0.01 by default. */
export type SGDOptions = OptimizerOptions;

/**
 * Stochastic gradient descent: W ← W − η · ∂L/∂W, in place, so that every layer over the same memory sees it.
 * With a weight decay λ first W ← W − η·λ·W. It keeps nothing from step to step. PyTorch's `SGD`.
 */
export class SGD extends BaseOptimizer {
  readonly name = "sgd";
  readonly stateNames: readonly string[] = [];

  /** @throws ValueError unless the learning rate is a finite number > 0 and the weight decay one ≥ 0. */
  constructor(options: SGDOptions = {}) {
    super(options, 0.01);
  }

  /** `sgd.step(parameters, gradients)` is enough: SGD has no state, and no step differs from another. */
  step(
    parameters: Tensor,
    gradients: Tensor,
    state: readonly Tensor[] = [],
    iteration = 1,
    learningRate?: number,
  ): void {
    this.requireStep(state, iteration);
    const rate = this.rateOf(learningRate);
    if (this.weightDecay > 0) this.kernels.axpy(-rate * this.weightDecay, parameters, parameters);
    this.kernels.axpy(-rate, gradients, parameters);
  }
}
