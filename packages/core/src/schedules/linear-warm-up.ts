// The first steps of a run taken carefully: any schedule with a ramp in front.
import { share, wholeFromOne } from "../optimizers/hyperparameters.ts";
import type { Schedule } from "./schedule.ts";

/** Options of linearWarmUp. */
export interface LinearWarmUpOptions {
  /** How many iterations the ramp has: the first after it has the full rate. */
  readonly iterations: number;
  /** The share of the rate that the first iteration has. Default 1/(iterations + 1), so that the ramp starts from 0. */
  readonly start?: number;
}

/**
 * schedule(i) · (start + (1 − start)·(i − 1)/iterations) for i ≤ iterations, then schedule(i): PyTorch's `LinearLR`
 * multiplied with any other schedule, as in `linearWarmUp({ iterations: 500 }, cosineDecay(…))`.
 * @throws ValueError for numbers that cannot be.
 */
export function linearWarmUp(options: LinearWarmUpOptions, schedule: Schedule): Schedule {
  const iterations = wholeFromOne("iterations", options.iterations);
  const start = share("start", options.start ?? 1 / (iterations + 1), "0.1");
  return (iteration) => {
    const way = Math.min(1, (wholeFromOne("iteration", iteration) - 1) / iterations);
    return schedule(iteration) * (start + (1 - start) * way);
  };
}
