// The main thread's wish that the workers stop at the end of the step under way, and why it wishes so.
import { SharedWish, Wish, Word } from "./control.ts";

/** `failure`: something outside of the workers has failed, such as a listener or a save; its error is kept elsewhere. */
export type StopReason = "signal" | "time limit" | "failure";

export class StopWish {
  readonly #words: Int32Array;
  #reason: StopReason | undefined;

  readonly #shared: boolean;

  /**
   * @param words the run's control words
   * @param shared there are other processes: no wish counts before all of them have heard of it in an exchange
   */
  constructor(words: Int32Array, shared = false) {
    this.#words = words;
    this.#shared = shared;
  }

  /** Why the run is to stop; undefined while it is not. */
  get reason(): StopReason | undefined {
    return this.#shared ? agreedReason(Atomics.load(this.#words, Word.AGREED)) : this.#reason;
  }

  /** Not even an evaluation is to be finished. */
  get atOnce(): boolean {
    const { reason } = this;
    return reason !== undefined && reason !== "time limit";
  }

  /** A later reason does not replace an earlier one, except that a signal is always heard. */
  ask(reason: StopReason): void {
    if (this.#shared) {
      Atomics.or(this.#words, Word.STOP, WISHES[reason]);
      return;
    }
    if (this.#reason === undefined || reason === "signal") this.#reason = reason;
    Atomics.store(this.#words, Word.STOP, this.atOnce ? Wish.AT_ONCE : Wish.END_OF_STEP);
  }
}

const WISHES: Readonly<Record<StopReason, number>> = {
  signal: SharedWish.SIGNAL,
  failure: SharedWish.FAILURE,
  "time limit": SharedWish.TIME_LIMIT,
};

function agreedReason(wishes: number): StopReason | undefined {
  return (["signal", "failure", "time limit"] as const).find((reason) => (wishes & WISHES[reason]) !== 0);
}
