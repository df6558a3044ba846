// The same learning rate in every step.
import { positive } from "../optimizers/hyperparameters.ts";
import type { Schedule } from "./schedule.ts";

/** η in every step. @throws ValueError unless it is a finite number above 0. */
export function constant(learningRate: number): Schedule {
  const rate = positive("learningRate", learningRate, "0.1");
  return () => rate;
}
