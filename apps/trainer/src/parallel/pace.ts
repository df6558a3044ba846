// How fast samples go by, and how long the rest will take. Its clock never decides anything about a result.

export interface Reading {
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly secondsLeft: number;
}

export class Pace {
  readonly #total: number;
  readonly #now: () => number;
  /** When the clock was started, moved on by every pause. */
  #started: number;
  #pausedAt: number | undefined;

  /** @param now milliseconds from any start, never going back */
  constructor(totalSamples: number, now: () => number = () => performance.now()) {
    this.#total = totalSamples;
    this.#now = now;
    this.#started = now();
  }

  at(samples: number): Reading {
    // A clock too coarse to have moved must not turn a rate into Infinity.
    const seconds = Math.max(((this.#pausedAt ?? this.#now()) - this.#started) / 1000, 1e-6);
    const samplesPerSecond = samples / seconds;
    const secondsLeft = samples === 0 ? Number.POSITIVE_INFINITY : (this.#total - samples) / samplesPerSecond;
    return { seconds, samplesPerSecond, secondsLeft };
  }

  /** Time does not count until `goOn`. */
  pause(): void {
    this.#pausedAt ??= this.#now();
  }

  goOn(): void {
    if (this.#pausedAt !== undefined) this.#started += this.#now() - this.#pausedAt;
    this.#pausedAt = undefined;
  }
}
