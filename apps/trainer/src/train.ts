// The main job: trains a net on a pool of workers and tells how it goes.
import { availableParallelism } from "node:os";
import { initialValues, type MultiLayerNet } from "@gradloom/core";
import type { TrainingData } from "./data/dataset.ts";
import { DivergedError } from "./errors.ts";
import type { StartEvent, TrainEvent, TrainResult } from "./events.ts";
import { finishRun } from "./finish-run.ts";
import type { TrainingOptions } from "./options.ts";
import { checkResume } from "./parallel/check-resume.ts";
import { controlOf } from "./parallel/control.ts";
import { fillData } from "./parallel/fill-data.ts";
import { netLayout } from "./parallel/memory-layout.ts";
import { viewOf } from "./parallel/place.ts";
import type { PoolOptions } from "./parallel/pool.ts";
import { asAgreed } from "./parallel/ranks/agreed.ts";
import { agreedProducts } from "./parallel/ranks/agreed-products.ts";
import { agreedBuckets } from "./parallel/ranks/buckets.ts";
import { withShards } from "./parallel/ranks/check-shards.ts";
import { joinRun, throwWhyStopped } from "./parallel/ranks/join-run.ts";
import type { Ranks } from "./parallel/ranks/ranks.ts";
import { ResilientPool } from "./parallel/resilient-pool.ts";
import { keepCompiled, planRun, type RunPlan } from "./parallel/run-plan.ts";
import { Standing } from "./parallel/standing.ts";
import { type SaveState, StateSaver } from "./parallel/state-saver.ts";
import { StopWish } from "./parallel/stop-wish.ts";
import { prepareTraining, type TrainingPlan } from "./training-plan.ts";
import type { EpochRecord, TrainingState } from "./training-state.ts";

/** What a caller hears from a run, and how it stops one. */
export interface TrainHooks {
  /**
   * Ends the run at the end of the step under way; `train` then rejects with the signal's reason, after `save` has got
   * the state at that step.
   */
  readonly signal?: AbortSignal;
  /** Called with each event, in order. */
  readonly onEvent?: (event: TrainEvent) => void;
  /** Measures the phases of every step; the result then has a `profile`. Costs about a microsecond a step. */
  readonly profile?: boolean;
  /**
   * Where to go on, as `save` was given it: the result has the bits of a run that never stopped. Not changed. With `blas` the
   * state has the run's `pieces`, which count on any machine, and whether zeros are skipped (`sparse`); to name others is an
   * error.
   */
  readonly resume?: TrainingState;
  /**
   * Gets a copy of the state at the end of every epoch, and at the step where the run is stopped. Training goes on
   * meanwhile; there is never more than one call under way, and of the states that wait for it only the newest is
   * kept. The run ends when the last call has, and with its error when one fails.
   */
  readonly save?: SaveState;
  /**
   * The data are this run's own from now on: `data`'s sets are changed to lie in the run's shared memory, and the buffers
   * that they lay in are given up, as those on `postMessage`'s list of transfers are. Otherwise the caller keeps them, and
   * they are in memory twice. Default false.
   */
  readonly takeOver?: boolean;
  /**
   * The other processes that a launcher has started, all of which train one net: as `Ranks.join` finds them. Each calls
   * `train` with the same data, or its own part of them (`loadRankData`), and the same options and kind of hooks; only the
   * first one's `resume` counts. `leave` afterwards. Undefined where there are none.
   */
  readonly ranks?: Ranks | undefined;
}

/** A finished run: what it is judged by, and the net it made. */
export interface Trained extends TrainResult {
  /** The trained net, over a copy of the weights: the run's shared memory can go. */
  readonly net: MultiLayerNet;
  /**
   * What the epochs came to that were judged, those before a resume too. Without `evaluateEvery` every epoch is judged
   * where there are validation rows or a `save` hook, else none.
   */
  readonly history: readonly EpochRecord[];
}

/**
 * Trains a net (D inputs, hidden layers as `options.hidden` says, C classes) in minibatches on `options.workers` threads.
 * The weights depend on data, options and seed, never on the number of workers, whichever backend computes.
 * @throws UsageError for options out of range or a state that is not of this run, before anything starts.
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

/** What tests change: workers that fail, less patience with them, where the work is cut, and in what it is exchanged. */
export interface TrainInternals extends PoolOptions {
  readonly barrierMs?: number;
  /** Cuts that do not depend on the number of workers; without it, where the backend needs them. */
  readonly fixedCuts?: boolean;
  /** Parts that a step's gradients are computed in; without it, as they are exchanged. */
  readonly buckets?: number;
}

/** `train` with its insides open. */
export async function trainOn(
  data: TrainingData,
  given: Partial<TrainingOptions>,
  hooks: TrainHooks,
  internals: TrainInternals,
): Promise<Trained> {
  const { signal, onEvent = () => {}, profile = false, save, ranks } = hooks;
  signal?.throwIfAborted();
  const { used, ...planned } = prepareTraining(
    data,
    ranks === undefined ? given : withShards(given, ranks.world),
    { products: agreedProducts(ranks, given, hooks.resume), ranks: ranks?.world.size },
  );
  const options = ranks === undefined ? planned.options : { ...planned.options, restarts: 0 };
  const judgeEvery =
    options.evaluateEvery ?? (save !== undefined || used.validation !== undefined ? 1 : undefined);
  const resume = joinRun(ranks, { data: used, planned, judgeEvery, resume: hooks.resume });
  if (resume !== undefined) checkResume(resume, planned);
  const buckets = agreedBuckets(ranks, planned);
  const plan = planRun(used, planned.layers, options, {
    cores: availableParallelism(),
    profile,
    sparseInput: planned.sparse,
    ranks,
    buckets,
    ...internals,
  });
  const stop = new StopWish(controlOf(plan.control).words, plan.ranks !== undefined);
  const throwIfStopped = (): void => throwWhyStopped(stop, signal, plan.ranks !== undefined);
  const saver = new StateSaver(save, () => stop.ask("failure"));
  const onAbort = (): void => stop.ask("signal");
  signal?.addEventListener("abort", onAbort, { once: true });
  // Threads take longer to start than everything else does: it all happens while they do.
  const starting = ResilientPool.start(
    plan,
    { maxRestarts: options.restarts, ...internals },
    ({ count, maxRestarts, error, task }) => {
      const epoch = task.kind === "epoch" ? task.epoch : undefined;
      onEvent({ type: "restart", epoch, count, maxRestarts, reason: error.message });
    },
  );
  try {
    fillData(plan, used, hooks.takeOver === true ? data : undefined);
    const standing = firstStanding(plan, options, resume);
    const pool = await starting;
    onEvent({ ...startEvent(planned), ...(plan.ranks && { buckets }) });
    ranks?.begin(options.peerTimeout);
    const run = { plan, pool, options, standing, stop, saver, onEvent, judgeEvery };
    const trained = await finishRun({ ...run, density: planned.density }, throwIfStopped);
    const { net, history, ...result } = trained;
    onEvent({ type: "done", result });
    return trained;
  } catch (error) {
    // Whatever ends a run that was asked to stop, the request is why; but not that its state could not be saved.
    saver.throwIfFailed();
    if (stop.reason !== "failure") throwIfStopped();
    throw error instanceof DivergedError ? asAgreed(error) : error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    // A pool that did not start has ended itself.
    await starting.then(
      (pool) => pool.destroy(),
      () => {},
    );
  }
}

/** The kernels on this thread, and the parameters that the run begins with or goes on with. */
function firstStanding(
  plan: RunPlan,
  { seed, init }: TrainingOptions,
  resume: TrainingState | undefined,
): Standing {
  keepCompiled(plan);
  const standing = new Standing(plan);
  if (resume !== undefined) standing.goTo(resume);
  else {
    const parameters = viewOf(plan.memory, plan.arrays.parameters);
    initialValues(netLayout(plan.net.sizes), parameters, { seed, weightInit: init });
  }
  return standing;
}

function startEvent({ options, memory: _, ...plan }: TrainingPlan): StartEvent {
  const { workers, epochs, batchSize, seed, dtype } = options;
  return { type: "start", workers, epochs, batchSize, seed, dtype, ...plan };
}
