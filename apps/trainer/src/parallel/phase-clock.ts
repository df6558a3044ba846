// Where a step's time goes, measured by each rank for itself. Off unless asked for: then a step reads no clock.

/** The parts of a step, in the order they happen. */
export const PHASES = [
  "gather",
  "forward",
  "loss",
  "dx",
  "barrier 1",
  "dW db",
  "update",
  "barrier 2",
] as const;
export type Phase = (typeof PHASES)[number];

export class PhaseClock {
  readonly #milliseconds: Float64Array;
  #last = 0;

  /** @param milliseconds one total for each of PHASES; shared memory, so that the main thread can read it */
  constructor(milliseconds: Float64Array) {
    this.#milliseconds = milliseconds;
  }

  /** The next lap is counted from now. */
  start(): void {
    this.#last = performance.now();
  }

  /** Adds the time since the last lap to a phase. */
  lap(phase: Phase): void {
    const now = performance.now();
    const index = PHASES.indexOf(phase);
    this.#milliseconds[index] = (this.#milliseconds[index] ?? 0) + (now - this.#last);
    this.#last = now;
  }
}
