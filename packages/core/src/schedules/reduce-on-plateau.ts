// A learning rate that falls when the loss no longer does. Its state is plain data, to be kept in a checkpoint.
import { atLeastZero, positive, share } from "../optimizers/hyperparameters.ts";

/** Where a run stands. Begin with `{ learningRate }`. */
export interface PlateauState {
  readonly learningRate: number;
  /** The lowest loss so far; left out before the first. */
  readonly best?: number;
  /** How many losses in a row were not better than `best`. */
  readonly waited?: number;
}

/** Options of reduceOnPlateau. */
export interface PlateauOptions {
  /** What the rate is multiplied by. Default 0.1. */
  readonly factor?: number;
  /** So many losses in a row may be no better; the next one reduces the rate. Default 10. */
  readonly patience?: number;
  /** A loss is better when it is below best·(1 − threshold). Default 1e-4. */
  readonly threshold?: number;
  /** The rate never falls below this. Default 0. */
  readonly minimum?: number;
}

/**
 * The state after one more loss, for example that of an epoch; the state given is not changed. NaN is never better.
 * PyTorch's `ReduceLROnPlateau` in its default mode.
 * @throws ValueError for numbers that cannot be.
 */
export function reduceOnPlateau(
  state: PlateauState,
  loss: number,
  options: PlateauOptions = {},
): PlateauState {
  const { factor = 0.1, patience = 10, threshold = 1e-4, minimum = 0 } = options;
  positive("learningRate", state.learningRate, "0.1");
  share("factor", factor, "0.1");
  atLeastZero("patience", patience, "10");
  share("threshold", threshold, "1e-4");
  atLeastZero("minimum", minimum, "1e-6");
  const { learningRate, best = Infinity, waited = 0 } = state;
  if (loss < (best === Infinity ? Infinity : best * (1 - threshold))) {
    return { learningRate, best: loss, waited: 0 };
  }
  const kept = state.best === undefined ? {} : { best };
  if (waited < patience) return { learningRate, ...kept, waited: waited + 1 };
  const reduced = Math.max(learningRate * factor, Math.min(minimum, learningRate));
  return { learningRate: reduced, ...kept, waited: 0 };
}
