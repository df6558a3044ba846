// A pool that outlives its workers: when one is lost, all are replaced, the weights go back to the last snapshot,
// and the task runs again. Training is deterministic, so the outcome has the bits of a run that nothing disturbed.
import { WorkerLostError } from "../errors.ts";
import { resetBarrier } from "./barrier.ts";
import { controlOf, Wish, Word } from "./control.ts";
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

/** What failed, and where. */
interface Loss {
  readonly message: string;
  readonly task: Task;
  readonly step: number;
}

/** The same error at the same step of the same task will come a third time, too: training is deterministic. */
function isSameLoss(a: Loss | undefined, b: Loss): boolean {
  if (a === undefined || a.message !== b.message || a.task !== b.task) return false;
  // Whether the step under way was counted depends on who heard of the error first.
  return Math.abs(a.step - b.step) <= 1;
}

export class ResilientPool {
  readonly #plan: RunPlan;
  readonly #options: RestartOptions;
  readonly #onRestart: (restart: Restart) => void;
  /** Undefined between a loss and the next attempt. */
  #pool: Pool | undefined;
  #restarts = 0;
  #firstError: WorkerLostError | undefined;
  #lastLoss: Loss | undefined;

  private constructor(
    plan: RunPlan,
    options: RestartOptions,
    onRestart: (restart: Restart) => void,
    pool: Pool,
  ) {
    this.#plan = plan;
    this.#options = options;
    this.#onRestart = onRestart;
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
   * @throws WorkerLostError, the first one of the run, when there were more losses than restarts allowed, or when the
   * same error has come twice in a row at the same step.
   */
  async run(task: Task, prepare: () => void): Promise<void> {
    for (;;) {
      try {
        this.#pool ??= await Pool.start(this.#plan, this.#options);
        prepare();
        await this.#pool.run(task);
        return;
      } catch (error) {
        if (!(error instanceof WorkerLostError)) throw error;
        this.#firstError ??= error;
        const { words } = controlOf(this.#plan.control);
        const wantsToStop = Atomics.load(words, Word.STOP) !== Wish.NONE;
        const loss = { message: error.message, task, step: Atomics.load(words, Word.STEPS) };
        const again = isSameLoss(this.#lastLoss, loss);
        this.#lastLoss = loss;
        if (wantsToStop || again || this.#restarts === this.#options.maxRestarts) throw this.#firstError;
        this.#restarts += 1;
        // Whoever looks at the counters in between must not see the lost attempt's.
        Atomics.store(words, Word.STEPS, 0);
        this.#onRestart({ count: this.#restarts, maxRestarts: this.#options.maxRestarts, error, task });
        await this.destroy();
        resetBarrier(words);
      }
    }
  }

  async destroy(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }
}
