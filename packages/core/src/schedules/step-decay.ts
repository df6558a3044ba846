// A learning rate that falls in steps.
import { atLeastZero, positive, wholeFromOne } from "../optimizers/hyperparameters.ts";
import { wholePower } from "../optimizers/whole-power.ts";
import type { Schedule } from "./schedule.ts";

/** Options of stepDecay. */
export interface StepDecayOptions {
  /** η of the first iterations. */
  readonly learningRate: number;
  /** After so many iterations comes the next step. */
  readonly every: number;
  /** What each step multiplies η by. Default 0.1. */
  readonly factor?: number;
}

/**
 * η · factorᵏ, k = ⌊(iteration − 1) / every⌋: PyTorch's `StepLR`.
 * @throws ValueError for numbers that cannot be.
 */
export function stepDecay({ learningRate, every, factor = 0.1 }: StepDecayOptions): Schedule {
  positive("learningRate", learningRate, "0.1");
  wholeFromOne("every", every);
  atLeastZero("factor", factor, "0.1");
  return (iteration) =>
    learningRate * wholePower(factor, Math.floor((wholeFromOne("iteration", iteration) - 1) / every));
}
