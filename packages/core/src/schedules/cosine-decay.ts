// A learning rate that falls slowly, then fast, then slowly: half a cosine.
import { atLeastZero, positive, wholeFromOne } from "../optimizers/hyperparameters.ts";
import { cosPi } from "./cos-pi.ts";
import type { Schedule } from "./schedule.ts";

/** Options of cosineDecay. */
export interface CosineDecayOptions {
  /** η of the first iteration. */
  readonly learningRate: number;
  /** After so many iterations the rate is `floor`, and stays there. */
  readonly iterations: number;
  /** Where it ends. Default 0. */
  readonly floor?: number;
}

/**
 * floor + (η − floor)·(1 + cos(π·(iteration − 1)/iterations)) / 2, without restarts: PyTorch's `CosineAnnealingLR`
 * up to its T_max. Source: Loshchilov and Hutter 2017, equation 5.
 * @throws ValueError for numbers that cannot be.
 */
export function cosineDecay({ learningRate, iterations, floor = 0 }: CosineDecayOptions): Schedule {
  positive("learningRate", learningRate, "0.1");
  wholeFromOne("iterations", iterations);
  atLeastZero("floor", floor, "0");
  return (iteration) => {
    const way = Math.min(1, (wholeFromOne("iteration", iteration) - 1) / iterations);
    return floor + ((learningRate - floor) * (1 + cosPi(way))) / 2;
  };
}
