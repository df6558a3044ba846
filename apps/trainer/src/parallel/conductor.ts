// The main thread's side of a run: it deals out the epochs, keeps what they come to, and never blocks.
import type { TrainEvent } from "../events.ts";
import type { TrainingOptions } from "../options.ts";
import { EpochRunner } from "./epoch-runner.ts";
import { judgeEpoch } from "./judge-epoch.ts";
import type { ResilientPool } from "./resilient-pool.ts";
import type { RunPlan } from "./run-plan.ts";
import type { Standing } from "./standing.ts";
import type { StateSaver } from "./state-saver.ts";
import type { StopWish } from "./stop-wish.ts";

/** What a run is made of, on the main thread. */
export interface Conducted {
  readonly plan: RunPlan;
  readonly pool: ResilientPool;
  readonly options: TrainingOptions;
  readonly standing: Standing;
  readonly stop: StopWish;
  readonly saver: StateSaver;
  readonly onEvent: (event: TrainEvent) => void;
  /** Judge the net after every so many epochs, and after the last one; undefined: never. */
  readonly judgeEvery: number | undefined;
}

/** Why a run ended before its last epoch. */
export type EarlyEnd = "patience" | "time limit";

export interface EpochTotals {
  readonly endedEarly?: EarlyEnd;
  /** Mean loss of the steps of the last epoch. */
  readonly loss: number;
  /** Without the steps that were done before the run was resumed. */
  readonly steps: number;
  /** Time spent in those steps. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

/** Timers count milliseconds in 31 bits: 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs what is left of the epochs on the pool, from where the run stands, telling how they go. Every end of an epoch is
 * saved, and the step where somebody stops the run.
 * @throws DivergedError at the end of the step whose loss is not finite.
 * @throws what a save or a listener has thrown.
 */
export async function runEpochs(run: Conducted): Promise<EpochTotals> {
  const { plan, options, standing, stop, saver } = run;
  const runner = new EpochRunner(run);
  let saved: string | undefined;
  const save = (): void => {
    const place = `${standing.epoch} ${standing.step} ${standing.history.length}`;
    if (place !== saved) saver.add(() => standing.state());
    saved = place;
  };
  let outOfPatience = false;
  const timer = timeLimit(options, stop);
  try {
    while (!stop.atOnce) {
      if (standing.step < plan.stepsPerEpoch) {
        await runner.run();
        if (standing.step < plan.stepsPerEpoch) break;
        await judgeEpoch(run);
        if (stop.atOnce) break;
        run.onEvent(runner.epochEvent());
      } else {
        // Stopped between an epoch's last step and its judgement, some time ago.
        await judgeEpoch(run);
      }
      save();
      if (stop.reason !== undefined || standing.epoch === options.epochs) break;
      outOfPatience = isOutOfPatience(standing, options);
      if (outOfPatience) break;
      standing.beginEpoch();
    }
    save();
  } finally {
    clearTimeout(timer);
    await saver.settled();
  }
  saver.throwIfFailed();
  const endedEarly =
    stop.reason === "time limit"
      ? { endedEarly: stop.reason }
      : outOfPatience
        ? { endedEarly: "patience" as const }
        : {};
  return { ...runner.totals(), ...endedEarly };
}

/** The workers hear of it at the end of the step under way, as of every wish to stop: all of them at the same one. */
function timeLimit({ timeLimit: seconds }: TrainingOptions, stop: StopWish): NodeJS.Timeout | undefined {
  if (seconds === undefined) return undefined;
  return setTimeout(() => stop.ask("time limit"), Math.min(seconds * 1000, LONGEST_TIMER_MS));
}

function isOutOfPatience({ epoch, best }: Standing, { patience }: TrainingOptions): boolean {
  return patience !== undefined && best !== undefined && epoch - best.epoch >= patience;
}
