// The one live line of a run, built to fit a width: what matters least goes first when there is no room.
import type { EpochEvent, ProgressEvent } from "../events.ts";
import type { EpochRecord } from "../training-state.ts";
import { formatAccuracy, formatCount, formatLoss, formatTimeLeft } from "./format.ts";

const BAR_CELLS = 20;
const NARROW_BAR_CELLS = 10;
const GAP = "  ";

/** Wraps text that should stand out; plain text when colour is not wanted. */
export type Paint = (text: string) => string;

/** What a line tells beside the event itself. */
export interface RunSoFar {
  /** Rows of a step, to tell how long one takes. */
  readonly batchSize?: number;
  /** The last epoch that was judged. */
  readonly judged?: EpochRecord;
}

/** Full text of the line, at most `columns` characters wide (colour not counted). */
export function progressLine(event: ProgressEvent, soFar: RunSoFar, columns: number, paint: Paint): string {
  const done = event.epoch - 1 + ratio(event.step, event.stepsPerEpoch);
  const share = ratio(done, event.epochs);
  const epoch = `epoch ${event.epoch}/${event.epochs}`;
  const step = `step ${String(event.step).padStart(String(event.stepsPerEpoch).length)}/${event.stepsPerEpoch}`;
  const loss = `loss ${formatLoss(event.loss)}`;
  const judged = soFar.judged === undefined ? [] : [judgedAccuracy(soFar.judged)];
  const perSecond = formatCount(event.samplesPerSecond);
  const rate = `${perSecond} samples/s`;
  const pace = soFar.batchSize === undefined ? [] : [stepTime(soFar.batchSize, event.samplesPerSecond)];
  const left = `${formatTimeLeft(event.secondsLeft)} left`;
  const wide = bar(share, BAR_CELLS);
  const narrow = bar(share, NARROW_BAR_CELLS);
  const layouts = [
    [wide, epoch, step, loss, ...judged, rate, ...pace, left],
    [narrow, epoch, step, loss, ...judged, rate, ...pace, left],
    [epoch, step, loss, ...judged, rate, ...pace, left],
    [epoch, step, loss, ...judged, rate, left],
    [epoch, step, loss, ...judged, `${perSecond}/s`, left],
    [epoch, step, loss, ...judged, left],
    [epoch, loss, ...judged, left],
    [epoch, loss, left],
    [epoch, loss],
  ];
  const parts = layouts.find((layout) => layout.join(GAP).length <= columns);
  if (parts === undefined) return epoch.slice(0, Math.max(0, columns));
  return parts.map((part) => (part === wide || part === narrow ? paint(part) : part)).join(GAP);
}

/** The line of an epoch that is over, for logs. */
export function epochLine(event: EpochEvent): string {
  const epoch = `epoch ${String(event.epoch).padStart(String(event.epochs).length)}/${event.epochs}`;
  const judged = event.record === undefined ? [] : [judgedAccuracy(event.record)];
  const rate = `${formatCount(event.samplesPerSecond)} samples/s`;
  return [epoch, `loss ${formatLoss(event.loss)}`, ...judged, rate].join(GAP);
}

/** `test 97.04 %`: which rows were judged, and the share that was right. */
function judgedAccuracy({ judgedBy, judgedAccuracy }: EpochRecord): string {
  return `${judgedBy} ${formatAccuracy(judgedAccuracy)}`;
}

/** `0.81 ms/step`; `12 µs/step` for short ones. */
function stepTime(batchSize: number, samplesPerSecond: number): string {
  const ms = (1000 * batchSize) / samplesPerSecond;
  if (!Number.isFinite(ms)) return "? ms/step";
  return ms < 0.1 ? `${(1000 * ms).toFixed(0)} µs/step` : `${ms.toPrecision(ms < 100 ? 2 : 3)} ms/step`;
}

// ASCII, because a fallback for fonts without block characters would have to be guessed.
function bar(share: number, cells: number): string {
  const filled = Math.floor(share * cells);
  return `[${"=".repeat(filled)}${" ".repeat(cells - filled)}]`;
}

// Between 0 and 1, also for a run that tells nonsense: a bar must not throw.
function ratio(part: number, whole: number): number {
  const share = part / whole;
  return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : 0;
}
