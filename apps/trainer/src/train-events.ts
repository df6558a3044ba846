// A run as a loop over its events: `for await (const event of trainEvents(data, options))`.
import type { TrainingData } from "./data/dataset.ts";
import type { TrainEvent } from "./events.ts";
import type { TrainingOptions } from "./options.ts";
import { type TrainHooks, train } from "./train.ts";

/**
 * Trains as `train` does, from the first turn of the loop on, and yields its events in order; the last one is `done`.
 * A slow loop does not hold the training up: of the progress events that wait for it only the newest is kept, all others
 * are. Leaving the loop early stops the run at the end of the step under way, and waits for that and for `save`.
 * @throws what `train` rejects with, after the events before it.
 */
export async function* trainEvents(
  data: TrainingData,
  options: Partial<TrainingOptions> = {},
  hooks: Omit<TrainHooks, "onEvent"> = {},
): AsyncGenerator<TrainEvent, void, undefined> {
  const left = new AbortController();
  const signal = hooks.signal === undefined ? left.signal : AbortSignal.any([hooks.signal, left.signal]);
  const waiting = new WaitingEvents();
  const run = train(data, options, { ...hooks, signal, onEvent: (event) => waiting.add(event) });
  const over = run.then(
    () => waiting.end(),
    () => waiting.end(),
  );
  try {
    for (;;) {
      const event = waiting.next();
      if (event !== undefined) yield event;
      else if (waiting.isOver) break;
      else await waiting.change();
    }
    await run;
  } finally {
    left.abort(new Error("the loop over the events was left"));
    await over;
  }
}

/** Events that nobody has taken yet. */
class WaitingEvents {
  readonly #events: TrainEvent[] = [];
  #changed: (() => void) | undefined;
  isOver = false;

  add(event: TrainEvent): void {
    const last = this.#events.length - 1;
    if (event.type === "progress" && this.#events[last]?.type === "progress") this.#events[last] = event;
    else this.#events.push(event);
    this.#changed?.();
  }

  end(): void {
    this.isOver = true;
    this.#changed?.();
  }

  next(): TrainEvent | undefined {
    return this.#events.shift();
  }

  /** Resolves at the next event, or at the end. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}
