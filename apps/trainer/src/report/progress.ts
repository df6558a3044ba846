// Shows a run while it runs: one live line on a screen, one plain line an epoch anywhere else.
import type { ProgressEvent, RestartEvent, StartEvent, TrainEvent } from "../events.ts";
import { formatCount } from "./format.ts";
import { epochLine, type Paint, progressLine, type RunSoFar } from "./progress-line.ts";
import { canRedraw, type Environment, type Terminal, usableColumns, wantsColor } from "./terminal.ts";

/** Takes a run's events and draws. */
export interface Progress {
  onEvent(event: TrainEvent): void;
  /** Leaves the screen in order, however the run ended: the next writer starts on an empty line. */
  end(): void;
}

export interface ProgressSettings {
  readonly env: Environment;
  /** Show nothing at all. */
  readonly quiet?: boolean | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: (() => number) | undefined;
}

/** Faster than this the eye sees flicker, not progress. */
const MS_BETWEEN_DRAWS = 100;
const ERASE_LINE = "\r\u001b[K";
const CYAN = "\u001b[36m";
const PLAIN = "\u001b[39m";

/** The progress of one run, written to `terminal` (stderr, so that stdout stays the result's). */
export function createProgress(terminal: Terminal, settings: ProgressSettings): Progress {
  if (settings.quiet === true) return { onEvent: () => {}, end: () => {} };
  return canRedraw(terminal, settings.env) ? liveProgress(terminal, settings) : plainProgress(terminal);
}

function plainProgress(terminal: Terminal): Progress {
  return {
    onEvent(event) {
      if (event.type === "start") terminal.write(`${startLine(event)}\n`);
      if (event.type === "epoch") terminal.write(`${epochLine(event)}\n`);
      if (event.type === "restart") terminal.write(`${restartLine(event)}\n`);
    },
    end() {},
  };
}

// The cursor is never hidden: a process that is killed could not bring it back.
function liveProgress(
  terminal: Terminal,
  { env, now = () => performance.now() }: ProgressSettings,
): Progress {
  const paint: Paint = wantsColor(terminal, env) ? (text) => `${CYAN}${text}${PLAIN}` : (text) => text;
  let lastDraw = Number.NEGATIVE_INFINITY;
  let onLine = false;
  let soFar: RunSoFar = {};
  return {
    onEvent(event) {
      if (event.type === "start") {
        soFar = { batchSize: event.batchSize };
        terminal.write(`${startLine(event)}\n`);
      }
      if (event.type === "epoch" && event.record !== undefined) soFar = { ...soFar, judged: event.record };
      if (event.type === "restart") {
        terminal.write(`${onLine ? ERASE_LINE : ""}${restartLine(event)}\n`);
        onLine = false;
      }
      if (event.type !== "progress") return;
      const time = now();
      if (time - lastDraw < MS_BETWEEN_DRAWS && !isLast(event)) return;
      lastDraw = time;
      onLine = true;
      terminal.write(`${ERASE_LINE}${progressLine(event, soFar, usableColumns(terminal), paint)}`);
    },
    end() {
      if (onLine) terminal.write(ERASE_LINE);
      onLine = false;
    },
  };
}

// The line stays while the accuracies are computed: it should not stop short of the end.
function isLast({ epoch, epochs, step, stepsPerEpoch }: ProgressEvent): boolean {
  return epoch === epochs && step === stepsPerEpoch;
}

/** What went wrong and what is done about it, in one line. */
export function restartLine({ epoch, count, maxRestarts, reason }: RestartEvent): string {
  const again = epoch === undefined ? "counts again" : `starts epoch ${epoch} again`;
  return `${reason}; replaces all workers and ${again} (restart ${count} of at most ${maxRestarts})`;
}

/** What is about to be done, in one line. */
export function startLine(event: StartEvent): string {
  const net = `${event.layers.join("-")} (${formatCount(event.parameters)} parameters)`;
  const workers = `${event.workers} ${event.workers === 1 ? "worker" : "workers"}`;
  const rows = `${formatCount(event.rows)} rows`;
  return [
    net,
    event.dtype,
    event.backend,
    workers,
    rows,
    `batch ${event.batchSize}`,
    `seed ${event.seed}`,
  ].join(", ");
}
