// Adam: momentum and RMSProp together (Deep Learning from Scratch, section 6.1.6).
import type { Tensor } from "@gradloom/kernels";
import { BaseOptimizer, type OptimizerOptions } from "./base-optimizer.ts";
import { positive, share } from "./hyperparameters.ts";
import { wholePower } from "./whole-power.ts";

/** Options of Adam and AdamW. */
export interface AdamOptions extends OptimizerOptions {
  /** β₁: the share of the old mean gradient that stays. Default 0.9. The learning rate's is 0.001. */
  readonly beta1?: number;
  /** β₂: the share of the old mean square that stays. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the divisor away from 0. Default 1e-8. */
  readonly eps?: number;
}

/**
 * m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g², with g = ∂L/∂W, elementwise. Both start at 0 and are too small at
 * first, which step t corrects: m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). Then W ← W − η · m̂ / (√v̂ + eps).
 * Source: Kingma and Ba 2015, algorithm 1; the definition of PyTorch's `Adam`. The book's code adds its
 * eps of 1e-7 to √v before the correction, so its first steps differ a little.
 */
export class Adam extends BaseOptimizer {
  readonly name: string = "adam";
  readonly stateNames: readonly string[] = ["m", "v"];
  /** β₁. */
  readonly beta1: number;
  /** β₂. */
  readonly beta2: number;
  readonly eps: number;

  /** @throws ValueError for numbers that cannot be. */
  constructor(options: AdamOptions = {}) {
    super(options, 0.001);
    this.beta1 = share("beta1", options.beta1 ?? 0.9, "0.9");
    this.beta2 = share("beta2", options.beta2 ?? 0.999, "0.999");
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
    const { beta1, beta2, eps } = this;
    const rate = this.rateOf(learningRate);
    this.kernels.adamStep(parameters, gradients, state[0], state[1], {
      // W ← W − (η / (1 − β₁ᵗ)) · m / (√v / √(1 − β₂ᵗ) + eps): two divisions per step instead of two per element.
      stepSize: rate / (1 - wholePower(beta1, iteration)),
      rootCorrection: Math.sqrt(1 - wholePower(beta2, iteration)),
      beta1,
      beta2,
      eps,
      ...this.decay(rate),
    });
  }

  /** Where the weight decay goes: here into the gradient. */
  protected decay(_rate: number): { readonly weightDecay: number; readonly keep: number } {
    return { weightDecay: this.weightDecay, keep: 1 };
  }
}
