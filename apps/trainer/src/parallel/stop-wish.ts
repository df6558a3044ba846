// The main thread's wish that the workers stop at the end of the step under way, and why it wishes so.
import { Wish, Word } from "./control.ts";

/** `failure`: something outside of the workers has failed, such as a listener or a save; its error is kept elsewhere. */
export type StopReason = "signal" | "time limit" | "failure";

export class StopWish {
  readonly #words: Int32Array;
  #reason: StopReason | undefined;

  /** @param words the run's control words */
  constructor(words: Int32Array) {
    this.#words = words;
  }

  /** Why the run is to stop; undefined while it is not. */
  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** Not even an evaluation is to be finished. */
  get atOnce(): boolean {
    return this.#reason !== undefined && this.#reason !== "time limit";
  }

  /** A later reason does not replace an earlier one, except that a signal is always heard. */
  ask(reason: StopReason): void {
    if (this.#reason === undefined || reason === "signal") this.#reason = reason;
    Atomics.store(this.#words, Word.STOP, this.atOnce ? Wish.AT_ONCE : Wish.END_OF_STEP);
  }
}
