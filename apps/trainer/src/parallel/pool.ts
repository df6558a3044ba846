// N resident piscina workers that work as one: a task goes to all ranks, and one rank's failure ends it for all.
import { Piscina } from "piscina";
import { WorkerLostError } from "../errors.ts";
import { abort } from "./barrier.ts";
import { controlOf, Ending, Word } from "./control.ts";
import { deadline, stallDeadline } from "./deadline.ts";
import { BarrierTimeoutError, RunAbortedError } from "./errors.ts";
import type { RunPlan } from "./run-plan.ts";
import type { RankTask, Task } from "./worker.ts";

export interface PoolOptions {
  /** The module the workers load. Default: parallel/worker. */
  readonly filename?: string;
  /** How long the workers may take to start. */
  readonly startMs?: number;
  /** How long a task may show no progress at all. */
  readonly stallMs?: number;
  /** Most megabytes of JavaScript heap that a worker may use; shared memory does not count. Default: the engine's. */
  readonly heapMb?: number;
}

/**
 * Megabytes of heap for young objects in each worker: a step makes next to none, and with the engine's own limit of 48 it
 * lets what there is lie about for so long that two workers took 8 MB more.
 */
const YOUNG_MB = 2;
const START_MS = 20_000;
/** Longer than the barrier's own deadline: a rank that gives up there says more than this watch can. */
const STALL_PER_BARRIER_DEADLINE = 1.5;
/** How long the other ranks get to leave their barriers after one has failed. */
const LEAVE_MS = 2_000;

export class Pool {
  readonly #piscina: Piscina;
  readonly #plan: RunPlan;
  readonly #words: Int32Array;
  readonly #stallMs: number;
  /** What ended a worker that had no task at the time. */
  #idleError: unknown;

  private constructor(piscina: Piscina, plan: RunPlan, stallMs: number) {
    this.#piscina = piscina;
    this.#plan = plan;
    this.#words = controlOf(plan.control).words;
    this.#stallMs = stallMs;
    piscina.on("error", (error) => {
      this.#idleError ??= error;
      abort(this.#words);
    });
  }

  /**
   * Starts all workers and returns when each has answered.
   * @throws WorkerLostError with the worker's own error, or when one has not answered in time.
   */
  static async start(plan: RunPlan, options: PoolOptions = {}): Promise<Pool> {
    const { filename = import.meta.resolve("#worker"), startMs = START_MS } = options;
    const stallMs = options.stallMs ?? STALL_PER_BARRIER_DEADLINE * plan.barrier.deadlineMs;
    const piscina = new Piscina({
      filename,
      minThreads: plan.workers,
      maxThreads: plan.workers,
      concurrentTasksPerWorker: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
      // With one task an epoch nothing is gained by idle workers that sleep in Atomics.wait, and a thread that is
      // ended there leaves less cleanly than one that waits in its event loop.
      atomics: "disabled",
      workerData: plan,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MB,
        ...(options.heapMb === undefined ? {} : { maxOldGenerationSizeMb: options.heapMb }),
      },
    });
    const pool = new Pool(piscina, plan, stallMs);
    // piscina leaves tasks pending for ever once a worker has failed to load, so this wait needs a limit of its own.
    const limit = deadline(
      startMs,
      () =>
        new WorkerLostError(
          undefined,
          `not all of the ${plan.workers} workers started within ${startMs / 1000} s. ` +
            "The machine may be overloaded or out of memory: try fewer (--workers).",
        ),
    );
    try {
      await Promise.race([pool.run({ kind: "meet" }), limit.promise]);
    } catch (error) {
      await pool.destroy();
      throw error;
    } finally {
      limit.clear();
    }
    return pool;
  }

  /**
   * Runs a task on every rank and returns when all are done.
   * @throws WorkerLostError naming the first rank that failed, its own error as `cause`. The pool is unusable then.
   */
  async run(task: Task): Promise<void> {
    const failures: { rank: number; error: unknown }[] = [];
    const ranks = Array.from({ length: this.#plan.workers }, async (_, rank) => {
      try {
        const ending: Ending = await this.#piscina.run({ ...task, rank } satisfies RankTask);
        if (ending === Ending.ABORTED) throw new RunAbortedError();
        if (ending === Ending.LATE)
          throw new BarrierTimeoutError(this.#plan.barrier.deadlineMs, this.#plan.workers);
      } catch (error) {
        failures.push({ rank, error });
        abort(this.#words);
        throw error;
      }
    });
    const stall = task.kind === "meet" ? undefined : this.#stall();
    try {
      await (stall === undefined ? Promise.all(ranks) : Promise.race([Promise.all(ranks), stall.promise]));
    } catch (error) {
      abort(this.#words);
      const limit = deadline(LEAVE_MS, () => new Error("the other workers did not leave in time"));
      await Promise.race([Promise.allSettled(ranks), limit.promise.catch(() => undefined)]);
      limit.clear();
      if (error instanceof WorkerLostError) throw error;
      // The cause is the rank that failed by itself; the others left because of it, or waited for it in vain.
      const first = failures.find(
        ({ error: own }) => !(own instanceof RunAbortedError || own instanceof BarrierTimeoutError),
      );
      if (first !== undefined) throw workerLost(first.rank, first.error);
      const waited = failures.find(({ error: own }) => own instanceof BarrierTimeoutError);
      throw workerLost(undefined, this.#idleError ?? waited?.error ?? error);
    } finally {
      stall?.clear();
    }
  }

  /** Ends all threads at once, whatever they are doing. */
  async destroy(): Promise<void> {
    abort(this.#words);
    await this.#piscina.destroy();
  }

  #stall(): { readonly promise: Promise<never>; clear(): void } {
    const progress = (): number =>
      Atomics.load(this.#words, Word.STEPS) + Atomics.load(this.#words, Word.NEXT_BLOCK);
    return stallDeadline(
      this.#stallMs,
      progress,
      () => new WorkerLostError(undefined, `the workers have finished nothing for ${this.#stallMs / 1000} s`),
    );
  }
}

function workerLost(rank: number | undefined, cause: unknown): WorkerLostError {
  const own = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const who = rank === undefined ? "a worker" : `worker ${rank}`;
  return new WorkerLostError(rank, `${who} failed: ${own}`, { cause });
}
