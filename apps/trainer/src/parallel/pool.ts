// N resident piscina workers that work as one: a task goes to all ranks, and one rank's failure ends it for all.
import { Piscina } from "piscina";
import { WorkerLostError } from "../errors.ts";
import { abort } from "./barrier.ts";
import { controlOf } from "./control.ts";
import { RunAbortedError } from "./errors.ts";
import type { RunPlan } from "./run-plan.ts";
import type { RankTask, Task } from "./worker.ts";

export interface PoolOptions {
  /** The module the workers load. Default: parallel/worker. */
  readonly filename?: string;
  /** How long the workers may take to start. */
  readonly startMs?: number;
}

const START_MS = 20_000;
/** How long the other ranks get to leave their barriers after one has failed. */
const LEAVE_MS = 2_000;

export class Pool {
  readonly #piscina: Piscina;
  readonly #plan: RunPlan;

  private constructor(piscina: Piscina, plan: RunPlan) {
    this.#piscina = piscina;
    this.#plan = plan;
  }

  /**
   * Starts all workers and returns when each has answered.
   * @throws WorkerLostError with the worker's own error, or when one has not answered in time.
   */
  static async start(plan: RunPlan, options: PoolOptions = {}): Promise<Pool> {
    const piscina = new Piscina({
      filename: options.filename ?? import.meta.resolve("#worker"),
      minThreads: plan.workers,
      maxThreads: plan.workers,
      concurrentTasksPerWorker: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: plan,
    });
    // An idle worker's death reaches the pool and no task; the next task fails by its own time limit or at once.
    piscina.on("error", () => abort(controlOf(plan.control).words));
    const pool = new Pool(piscina, plan);
    const startMs = options.startMs ?? START_MS;
    // piscina leaves tasks pending for ever once a worker has failed to load, so this wait needs a limit of its own.
    const limit = deadline(
      startMs,
      `not all of the ${plan.workers} workers started within ${startMs / 1000} s`,
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
        await this.#piscina.run({ ...task, rank } satisfies RankTask);
      } catch (error) {
        failures.push({ rank, error });
        abort(controlOf(this.#plan.control).words);
        throw error;
      }
    });
    try {
      await Promise.all(ranks);
    } catch {
      const limit = deadline(LEAVE_MS, "the other workers did not leave in time");
      await Promise.race([Promise.allSettled(ranks), limit.promise.catch(() => undefined)]);
      limit.clear();
      // The cause is the rank that failed by itself; the others left because of it.
      const first = failures.find(({ error }) => !isAbort(error)) ?? failures[0];
      throw workerLost(first?.rank, first?.error);
    }
  }

  /** Ends all threads at once, whatever they are doing. */
  async destroy(): Promise<void> {
    abort(controlOf(this.#plan.control).words);
    await this.#piscina.destroy();
  }
}

function workerLost(rank: number | undefined, cause: unknown): WorkerLostError {
  const own = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new WorkerLostError(rank, `worker ${rank ?? "?"} failed: ${own}`, { cause });
}

/** Errors arrive as copies from another thread, so their class is known by name only. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === new RunAbortedError().name;
}

interface Deadline {
  readonly promise: Promise<never>;
  clear(): void;
}

function deadline(milliseconds: number, message: string): Deadline {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WorkerLostError(undefined, message)), milliseconds);
  });
  return { promise, clear: () => clearTimeout(timer) };
}
