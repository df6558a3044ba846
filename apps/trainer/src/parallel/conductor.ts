// The main thread's side of a run: it deals out the epochs, looks at the shared counters, and never blocks.
import { permutation } from "@gradloom/core";
import { DIVERGED_CURE, DivergedError } from "../errors.ts";
import type { TrainEvent } from "../events.ts";
import type { TrainingOptions } from "../options.ts";
import { type Control, controlOf, Decision, Word } from "./control.ts";
import { Pace } from "./pace.ts";
import { viewOf } from "./place.ts";
import type { ResilientPool } from "./resilient-pool.ts";
import type { RunPlan } from "./run-plan.ts";

export interface EpochHooks {
  /** Whoever aborts it sets the STOP word too, so that the workers see it. */
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: TrainEvent) => void;
}

export interface EpochTotals {
  /** Mean loss of the last epoch. */
  readonly loss: number;
  /** Steps of all epochs. */
  readonly steps: number;
  /** Time spent in epochs. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

/** How often the main thread looks at the shared counters. */
const LOOK_MS = 100;

/**
 * Runs all epochs on the pool, telling how they go.
 * @throws DivergedError at the end of the step whose loss is not finite.
 * @throws the signal's reason, at the end of the step under way, when it is aborted.
 */
export async function runEpochs(
  plan: RunPlan,
  pool: ResilientPool,
  { epochs, seed }: TrainingOptions,
  { signal, onEvent }: EpochHooks,
): Promise<EpochTotals> {
  const control = controlOf(plan.control);
  const order = viewOf(plan.memory, plan.arrays.order);
  const learned = [plan.arrays.parameters, ...plan.arrays.state, ...plan.arrays.phases].map((place) =>
    viewOf(plan.memory, place),
  );
  const rows = order.size;
  const stepsPerEpoch = Math.ceil(rows / plan.batchSize);
  const pace = new Pace(rows * epochs);
  let loss = Number.NaN;

  const stop = (): void => void Atomics.store(control.words, Word.STOP, 1);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    signal?.throwIfAborted();
    permutation(rows, { seed, stream: `shuffle/${epoch}` }, order.data);
    const snapshots = learned.map(({ data }) => data.slice());
    const prepare = (): void => {
      for (const [i, snapshot] of snapshots.entries()) learned[i]?.data.set(snapshot);
      resetEpoch(control);
    };
    const epochPace = new Pace(rows);
    await watched(pool.run({ kind: "epoch", epoch }, prepare), stop, () => {
      const step = Atomics.load(control.words, Word.STEPS);
      if (step === 0) return;
      const done = Math.min(rows, step * plan.batchSize);
      const { samplesPerSecond, secondsLeft } = pace.at((epoch - 1) * rows + done);
      onEvent({
        type: "progress",
        epoch,
        epochs,
        step,
        stepsPerEpoch,
        loss: lossOf(control, done),
        samplesPerSecond,
        secondsLeft,
      });
    });
    signal?.throwIfAborted();
    throwIfDiverged(control, epoch);
    loss = lossOf(control, rows);
    const { samplesPerSecond, seconds } = epochPace.at(rows);
    onEvent({ type: "epoch", epoch, epochs, loss, samplesPerSecond, seconds });
  }
  return { loss, steps: stepsPerEpoch * epochs, ...pace.at(rows * epochs) };
}

/** Looks on while the work runs. A listener that throws ends the work in good order, then gets its error back. */
async function watched(work: Promise<void>, stop: () => void, look: () => void): Promise<void> {
  const thrown: unknown[] = [];
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      thrown.push(error);
      clearInterval(timer);
      stop();
    }
  }, LOOK_MS);
  try {
    await work;
    // The last steps too: an epoch may end between two looks, or before the first.
    if (thrown.length === 0) look();
  } catch (error) {
    throw thrown.length > 0 ? thrown[0] : error;
  } finally {
    clearInterval(timer);
  }
  if (thrown.length > 0) throw thrown[0];
}

function resetEpoch({ words, lossSum }: Control): void {
  Atomics.store(words, Word.STEPS, 0);
  Atomics.store(words, Word.DECISION, Decision.GO_ON);
  lossSum[0] = 0;
}

function lossOf({ lossSum }: Control, samples: number): number {
  return (lossSum[0] ?? Number.NaN) / samples;
}

function throwIfDiverged({ words }: Control, epoch: number): void {
  if (Atomics.load(words, Word.DECISION) !== Decision.DIVERGED) return;
  const step = Atomics.load(words, Word.STEPS);
  throw new DivergedError(
    `the loss is no longer a finite number after step ${step} of epoch ${epoch}. ${DIVERGED_CURE}`,
  );
}
