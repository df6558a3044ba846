// Hands states of the run to whoever saves them, while the training goes on: one at a time, the newest first.
import type { TrainingState } from "../training-state.ts";

export type SaveState = (state: TrainingState) => void | Promise<void>;

export class StateSaver {
  readonly #save: SaveState | undefined;
  readonly #onFailure: () => void;
  /** The save under way, which takes up the next one by itself. */
  #working: Promise<void> | undefined;
  #next: TrainingState | undefined;
  #failures: unknown[] = [];

  /**
   * @param save nothing is saved without it
   * @param onFailure called once, when a save has failed
   */
  constructor(save: SaveState | undefined, onFailure: () => void) {
    this.#save = save;
    this.#onFailure = onFailure;
  }

  /**
   * Takes the state and begins to save it, or replaces the one that waits for the save under way: only the newest is
   * worth keeping.
   */
  add(take: () => TrainingState): void {
    if (this.#save === undefined || this.#failures.length > 0) return;
    this.#next = take();
    this.#working ??= this.#work();
  }

  /** Waits for every save, those that fail too. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** @throws what a save has thrown. */
  throwIfFailed(): void {
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  async #work(): Promise<void> {
    try {
      while (this.#next !== undefined) {
        const state = this.#next;
        this.#next = undefined;
        await this.#save?.(state);
      }
    } catch (error) {
      this.#failures.push(error);
      this.#onFailure();
    }
    this.#working = undefined;
  }
}
