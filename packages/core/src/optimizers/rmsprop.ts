// RMSProp: AdaGrad that forgets, so that it never comes to a stop (Deep Learning from Scratch, section 6.1.5).
import type { Tensor } from "@gradloom/kernels";
import { BaseOptimizer, type OptimizerOptions } from "./base-optimizer.ts";
import { positive, share } from "./hyperparameters.ts";

/** Options of RMSProp. */
export interface RMSPropOptions extends OptimizerOptions {
  /** ρ: the share of the old mean that stays. Default 0.99; PyTorch calls it alpha. The learning rate's is 0.01. */
  readonly decayRate?: number;
  /** Keeps the divisor away from 0. Default 1e-8, PyTorch's; the book has 1e-7. */
  readonly eps?: number;
}

/**
 * h ← ρ·h + (1 − ρ)·(∂L/∂W)²; W ← W − η · ∂L/∂W / (√h + eps), elementwise: the definition of PyTorch's `RMSprop`.
 * Source: Tieleman and Hinton 2012, lecture 6.5.
 */
export class RMSProp extends BaseOptimizer {
  readonly name = "rmsprop";
  readonly stateNames: readonly string[] = ["h"];
  /** ρ. */
  readonly decayRate: number;
  readonly eps: number;

  /** @throws ValueError for numbers that cannot be. */
  constructor(options: RMSPropOptions = {}) {
    super(options, 0.01);
    this.decayRate = share("decayRate", options.decayRate ?? 0.99, "0.99");
    this.eps = positive("eps", options.eps ?? 1e-8, "1e-8");
  }

  step(
    parameters: Tensor,
    gradients: Tensor,
    state: readonly Tensor[],
    iteration: number,
    learningRate?: number,
  ): void {
    this.requireStep(state, iteration);
    const { decayRate, weightDecay, eps } = this;
    this.kernels.rmspropStep(parameters, gradients, state[0], {
      learningRate: this.rateOf(learningRate),
      decayRate,
      weightDecay,
      eps,
    });
  }
}
