// AdaGrad: parameters that have moved much move less (Deep Learning from Scratch, section 6.1.5).
import type { Tensor } from "@gradloom/kernels";
import { BaseOptimizer, type OptimizerOptions } from "./base-optimizer.ts";
import { positive } from "./hyperparameters.ts";

/** Options of AdaGrad. */
export interface AdaGradOptions extends OptimizerOptions {
  /** Keeps the divisor away from 0. Default 1e-10, PyTorch's; the book has 1e-7. The learning rate's is 0.01. */
  readonly eps?: number;
}

/**
 * h ← h + (∂L/∂W)²; W ← W − η · ∂L/∂W / (√h + eps), elementwise: the definition of PyTorch's `Adagrad`.
 * Source: Duchi, Hazan and Singer 2011.
 */
export class AdaGrad extends BaseOptimizer {
  readonly name = "adagrad";
  readonly stateNames: readonly string[] = ["h"];
  readonly eps: number;

  /** @throws ValueError for numbers that cannot be. */
  constructor(options: AdaGradOptions = {}) {
    super(options, 0.01);
    this.eps = positive("eps", options.eps ?? 1e-10, "1e-10");
  }

  step(
    parameters: Tensor,
    gradients: Tensor,
    state: readonly Tensor[],
    iteration: number,
    learningRate?: number,
  ): void {
    this.requireStep(state, iteration);
    const { weightDecay, eps } = this;
    this.kernels.adagradStep(parameters, gradients, state[0], {
      learningRate: this.rateOf(learningRate),
      weightDecay,
      eps,
    });
  }
}
