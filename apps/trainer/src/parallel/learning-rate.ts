// The learning rate of every step: a schedule of core's, put together from options and counted in steps of the run.
import {
  constant,
  cosineDecay,
  linearWarmUp,
  type PlateauState,
  reduceOnPlateau,
  type Schedule,
  stepDecay,
} from "@gradloom/core";
import type { ScheduleName, TrainingOptions } from "../options.ts";

/** What the schedule is made of; plain numbers, so that every worker makes its own. */
export interface RateSettings {
  readonly schedule: ScheduleName;
  readonly learningRate: number;
  /** In epochs. */
  readonly stepEvery: number;
  readonly stepFactor: number;
  /** In steps; 0 is none. */
  readonly warmUp: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

export function rateSettings(options: TrainingOptions, stepsPerEpoch: number): RateSettings {
  const { schedule, learningRate, stepEvery = 10, stepFactor = 0.1, warmUp = 0, epochs } = options;
  return { schedule, learningRate, stepEvery, stepFactor, warmUp, epochs, stepsPerEpoch };
}

/**
 * The rate by iteration, which counts all steps of the run from 1.
 * @param plateauRate where reduceOnPlateau has brought the rate to in this epoch
 */
export function scheduleOf(settings: RateSettings, plateauRate: number): Schedule {
  const { warmUp } = settings;
  const base = baseSchedule(settings, plateauRate);
  return warmUp === 0 ? base : linearWarmUp({ iterations: warmUp }, base);
}

function baseSchedule(
  { schedule, learningRate, stepEvery, stepFactor, epochs, stepsPerEpoch }: RateSettings,
  plateauRate: number,
): Schedule {
  if (schedule === "step") {
    return stepDecay({ learningRate, every: stepEvery * stepsPerEpoch, factor: stepFactor });
  }
  if (schedule === "cosine") return cosineDecay({ learningRate, iterations: epochs * stepsPerEpoch });
  // The rate of a plateau may have fallen to 0, which is no rate to begin with.
  return schedule === "plateau" ? () => plateauRate : constant(learningRate);
}

/** The rate that an epoch has by its plateau. */
export function plateauRate({ learningRate }: RateSettings, plateau: PlateauState | undefined): number {
  return plateau?.learningRate ?? learningRate;
}

/** The state of the plateau after one more validation loss; undefined for any other schedule. */
export function nextPlateau(
  { schedule, learningRate, stepEvery, stepFactor }: RateSettings,
  plateau: PlateauState | undefined,
  loss: number,
): PlateauState | undefined {
  if (schedule !== "plateau") return undefined;
  // reduceOnPlateau reduces at the first loss after its patience: so many losses that were no better, and one more.
  return reduceOnPlateau(plateau ?? { learningRate }, loss, { factor: stepFactor, patience: stepEvery - 1 });
}
