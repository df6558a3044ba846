// AdamW: Adam whose weight decay shrinks the weights themselves, not through the gradient.
import { Adam, type AdamOptions } from "./adam.ts";

/** As for Adam; `weightDecay` is 0.01 by default. */
export type AdamWOptions = AdamOptions;

/**
 * W ← (1 − η·λ)·W, then Adam's step with the plain gradient: the decay λ is decoupled, so that a weight with large
 * gradients decays as fast as any other. Source: Loshchilov and Hutter 2019, algorithm 2; PyTorch's `AdamW`.
 */
export class AdamW extends Adam {
  override readonly name = "adamw";

  /** @throws ValueError for numbers that cannot be. */
  constructor(options: AdamWOptions = {}) {
    super({ ...options, weightDecay: options.weightDecay ?? 0.01 });
  }

  protected override decay(rate: number): { readonly weightDecay: number; readonly keep: number } {
    return { weightDecay: 0, keep: 1 - rate * this.weightDecay };
  }
}
