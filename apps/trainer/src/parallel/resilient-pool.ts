// A pool that outlives its workers: when one is lost, all are replaced, the weights go back to the last snapshot,
// and the task runs again. Training is deterministic, so the outcome has the bits of a run that nothing disturbed.
import { WorkerLostError } from "../errors.ts";
import { resetBarrier } from "./barrier.ts";
import { controlOf } from "./control.ts";
import { Pool, type PoolOptions } from "./pool.ts";
import type { RunPlan } from "./run-plan.ts";
import type { Task } from "./worker.ts";

export interface RestartOptions extends PoolOptions {
  /** How many times all workers are replaced before the run gives up. */
  readonly maxRestarts: number;
}

/** A worker was lost and the pool is being replaced. */
export interface Restart {
  /** Which replacement this is, from 1. */
  readonly count: number;
  readonly maxRestarts: number;
  readonly error: WorkerLostError;
  /** What runs again. */
  readonly task: Task;
}

export class ResilientPool {
  readonly #plan: RunPlan;
  readonly #options: RestartOptions;
  readonly #onRestart: (restart: Restart) => void;
  readonly #maxRestarts: number;
  #pool: Pool;
  #restarts = 0;
  #firstError: WorkerLostError | undefined;

  private constructor(
    plan: RunPlan,
    options: RestartOptions,
    onRestart: (restart: Restart) => void,
    pool: Pool,
  ) {
    this.#plan = plan;
    this.#options = options;
    this.#onRestart = onRestart;
    this.#maxRestarts = options.maxRestarts;
    this.#pool = pool;
  }

  /** @throws WorkerLostError when the workers cannot even start: that will not be better the next time. */
  static async start(
    plan: RunPlan,
    options: RestartOptions,
    onRestart: (restart: Restart) => void,
  ): Promise<ResilientPool> {
    return new ResilientPool(plan, options, onRestart, await Pool.start(plan, options));
  }

  /**
   * Runs a task on every rank. `prepare` puts the shared state to where the task starts from; it is called before
   * every attempt, when no worker is running.
   * @throws WorkerLostError, the first one of the run, when there were more losses than restarts allowed.
   */
  async run(task: Task, prepare: () => void): Promise<void> {
    for (;;) {
      prepare();
      try {
        await this.#pool.run(task);
        return;
      } catch (error) {
        if (!(error instanceof WorkerLostError)) throw error;
        this.#firstError ??= error;
        if (this.#restarts === this.#maxRestarts) throw this.#firstError;
        this.#restarts += 1;
        this.#onRestart({ count: this.#restarts, maxRestarts: this.#maxRestarts, error, task });
        await this.#replace();
      }
    }
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }

  async #replace(): Promise<void> {
    await this.#pool.destroy();
    resetBarrier(controlOf(this.#plan.control).words);
    this.#pool = await Pool.start(this.#plan, this.#options);
  }
}
