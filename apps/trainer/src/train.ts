// The main job: trains a net on a pool of workers and tells how it goes.
import { availableParallelism } from "node:os";
import { initialValues, type MultiLayerNet } from "@gradloom/core";
import ndarray from "ndarray";
import type { TrainingData } from "./data/dataset.ts";
import { DIVERGED_CURE, DivergedError } from "./errors.ts";
import type { StartEvent, TrainEvent, TrainResult } from "./events.ts";
import type { TrainingOptions } from "./options.ts";
import { runEpochs } from "./parallel/conductor.ts";
import { controlOf, Word } from "./parallel/control.ts";
import { evaluate } from "./parallel/evaluation.ts";
import { netLayout } from "./parallel/memory-layout.ts";
import { netOver } from "./parallel/net.ts";
import { viewOf } from "./parallel/place.ts";
import type { PoolOptions } from "./parallel/pool.ts";
import { ResilientPool } from "./parallel/resilient-pool.ts";
import { planRun } from "./parallel/run-plan.ts";
import { stepProfile } from "./parallel/step-profile.ts";
import { prepareTraining, type TrainingPlan } from "./training-plan.ts";
import { weightsSha256 } from "./weights-sha256.ts";

/** What a caller hears from a run, and how it stops one. */
export interface TrainHooks {
  /** Ends the run at the end of the step under way; `train` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with each event, in order. */
  readonly onEvent?: (event: TrainEvent) => void;
  /** Measures the phases of every step; the result then has a `profile`. Costs about a microsecond a step. */
  readonly profile?: boolean;
}

/** A finished run: what it is judged by, and the net it made. */
export interface Trained extends TrainResult {
  /** The trained net, over a copy of the weights: the run's shared memory can go. */
  readonly net: MultiLayerNet;
}

/**
 * Trains a net (D inputs, hidden layers as `options.hidden` says, C classes) in minibatches on `options.workers` threads.
 * The weights depend on data, options and seed, never on the number of workers.
 * @throws UsageError for options out of range, before anything starts.
 * @throws DataError when the data are not sound or the options do not fit them, before anything starts.
 * @throws DivergedError when the loss is no longer a finite number.
 * @throws WorkerLostError when a worker does not start, or when workers die again and again; the first one's own error
 * is the `cause`. A worker that dies once costs the epoch under way some time, and no bit of the result.
 */
export async function train(
  data: TrainingData,
  options: Partial<TrainingOptions> = {},
  hooks: TrainHooks = {},
): Promise<Trained> {
  return await trainOn(data, options, hooks, {});
}

/** What tests change: workers that fail, and less patience with them. */
export interface TrainInternals extends PoolOptions {
  readonly barrierMs?: number;
}

/** `train` with its insides open. */
export async function trainOn(
  data: TrainingData,
  given: Partial<TrainingOptions>,
  { signal, onEvent = () => {}, profile = false }: TrainHooks,
  internals: TrainInternals,
): Promise<Trained> {
  signal?.throwIfAborted();
  const { used, ...planned } = prepareTraining(data, given);
  const { options } = planned;
  const plan = planRun(used, planned.layers, options, {
    cores: availableParallelism(),
    profile,
    ...internals,
  });
  const layout = netLayout(planned.layers);
  const parameters = viewOf(plan.memory, plan.arrays.parameters);
  initialValues(layout, parameters, { seed: options.seed, weightInit: options.init });

  const stop = (): void => void Atomics.store(controlOf(plan.control).words, Word.STOP, 1);
  signal?.addEventListener("abort", stop, { once: true });
  const pool = await ResilientPool.start(
    plan,
    { maxRestarts: options.restarts, ...internals },
    ({ count, maxRestarts, error, task }) => {
      const epoch = task.kind === "epoch" ? task.epoch : undefined;
      onEvent({ type: "restart", epoch, count, maxRestarts, reason: error.message });
    },
  );
  try {
    onEvent(startEvent(planned));
    const { loss, seconds, steps, samplesPerSecond } = await runEpochs(plan, pool, options, {
      signal,
      onEvent,
    });
    const onTrain = await evaluate(plan, pool, "train");
    const onTest = await evaluate(plan, pool, "test");
    signal?.throwIfAborted();
    throwIfNotFinite(onTrain.loss);
    const result: TrainResult = {
      trainAccuracy: onTrain.accuracy,
      testAccuracy: onTest.accuracy,
      trainLoss: onTrain.loss,
      testLoss: onTest.loss,
      confusion: onTest.confusion,
      loss,
      seconds,
      samplesPerSecond,
      sha256: weightsSha256(layout, parameters),
      backend: plan.backend,
      workers: options.workers,
      seed: options.seed,
      epochs: options.epochs,
      steps,
      ...(profile ? { profile: stepProfile(plan, steps) } : {}),
    };
    onEvent({ type: "done", result });
    return { ...result, net: netOver(ndarray(parameters.data.slice(), [parameters.size]), plan.net) };
  } catch (error) {
    // Whatever ends a run that was asked to stop, the request is why.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await pool.destroy();
  }
}

/** The last update of a run has no step after it that would see what it did. */
function throwIfNotFinite(loss: number): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(`the loss of the trained net is ${loss}. ${DIVERGED_CURE}`);
}

function startEvent({ options, memory: _, ...plan }: TrainingPlan): StartEvent {
  const { workers, epochs, batchSize, seed, dtype } = options;
  return { type: "start", workers, epochs, batchSize, seed, dtype, ...plan };
}
