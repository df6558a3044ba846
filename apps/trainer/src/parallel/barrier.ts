// MPI's barrier on shared memory: nobody leaves before everybody has come, and nobody waits for ever.
//
//   arrive ──► last one?  yes: ARRIVED ← 0, GENERATION + 1, wake the others
//                         no:  spin while GENERATION stands still, then sleep until it moves
//
// The generation, not the count, is what a waiter watches: the count is already in use for the next round.

import { Word } from "./control.ts";
import { BarrierTimeoutError, RunAbortedError } from "./errors.ts";

/**
 * Most waits end within microseconds, and a core that slept wakes slowly: so many looks are spun away first, which take 30
 * to 100 µs, longer than the ranks of a balanced step differ. A rank that is later has no core, perhaps because a spinning
 * one has it: beside one busy loop on two cores (`node -e 'while(1);'`), spinning for 2 ms halved the samples a second.
 */
const SPINS = 2_000;
/** A sleeper looks up this often, in case a wake-up never comes. */
const SLICE_MS = 100;

export interface BarrierOptions {
  /** How many ranks meet here. */
  readonly worldSize: number;
  /** After this many milliseconds of waiting, `BarrierTimeoutError`. */
  readonly deadlineMs: number;
  /** Spinning steals the core that a late rank needs when there are more ranks than cores. */
  readonly spin: boolean;
}

export class Barrier {
  readonly #words: Int32Array;
  readonly #worldSize: number;
  readonly #deadlineMs: number;
  readonly #spins: number;

  constructor(words: Int32Array, options: BarrierOptions) {
    this.#words = words;
    this.#worldSize = options.worldSize;
    this.#deadlineMs = options.deadlineMs;
    this.#spins = options.spin ? SPINS : 0;
  }

  /**
   * Returns when all ranks have called it.
   * @throws RunAbortedError as soon as someone has aborted the run.
   * @throws BarrierTimeoutError when the others have not come in time.
   */
  wait(): void {
    const words = this.#words;
    const generation = Atomics.load(words, Word.GENERATION);
    if (Atomics.add(words, Word.ARRIVED, 1) + 1 === this.#worldSize) {
      Atomics.store(words, Word.ARRIVED, 0);
      Atomics.add(words, Word.GENERATION, 1);
      Atomics.notify(words, Word.GENERATION);
    } else {
      for (let spins = this.#spins; spins > 0; spins--) {
        if (Atomics.load(words, Word.GENERATION) !== generation) break;
      }
      if (Atomics.load(words, Word.GENERATION) === generation) this.#sleep(generation);
    }
    if (Atomics.load(words, Word.ABORT) !== 0) throw new RunAbortedError();
  }

  #sleep(generation: number): void {
    const words = this.#words;
    let looked = performance.now();
    let waited = 0;
    while (Atomics.load(words, Word.GENERATION) === generation) {
      if (Atomics.load(words, Word.ABORT) !== 0) throw new RunAbortedError();
      if (waited > this.#deadlineMs) throw new BarrierTimeoutError(this.#deadlineMs, this.#worldSize);
      Atomics.wait(words, Word.GENERATION, generation, SLICE_MS);
      const now = performance.now();
      // While a machine slept, or the process was stopped, the others had no time either.
      waited += Math.min(now - looked, 2 * SLICE_MS);
      looked = now;
    }
  }
}

/** Makes every rank leave its next or present wait with a RunAbortedError. Callable from any thread. */
export function abort(words: Int32Array): void {
  Atomics.store(words, Word.ABORT, 1);
  Atomics.notify(words, Word.GENERATION);
}

/** Forgets a broken round. Only when no worker of the old run is alive. */
export function resetBarrier(words: Int32Array): void {
  Atomics.store(words, Word.ARRIVED, 0);
  Atomics.store(words, Word.ABORT, 0);
}
