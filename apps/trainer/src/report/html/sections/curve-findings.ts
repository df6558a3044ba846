// What the curves say, in sentences: shown above each chart, and read out instead of it.

import type { EpochRecord } from "../../../training-state.ts";
import { formatAccuracy, formatCount, formatDuration, formatLoss } from "../../format.ts";
import { significant } from "../charts/numbers.ts";
import type { EpochTiming } from "../report.ts";

/** How the two losses went, and where the judged one was lowest. */
export function lossFinding(history: readonly EpochRecord[]): string {
  const { first, last } = endsOf(history);
  const by = last.judgedBy;
  if (history.length === 1) {
    return `After one epoch the training loss is ${formatLoss(last.loss)}, the ${by} loss ${formatLoss(last.judgedLoss)}.`;
  }
  const best = history.reduce((a, b) => (b.judgedLoss < a.judgedLoss ? b : a));
  const training = `Training loss ${went(first.loss, last.loss)} from ${formatLoss(first.loss)} to ${formatLoss(last.loss)}`;
  const judged =
    best === last
      ? `${by} loss ends at its lowest, ${formatLoss(last.judgedLoss)}`
      : `${by} loss was lowest after epoch ${best.epoch} (${formatLoss(best.judgedLoss)}) and ends at ${formatLoss(last.judgedLoss)}`;
  return `${training}; ${judged}.`;
}

export function accuracyFinding(history: readonly EpochRecord[]): string {
  const { first, last } = endsOf(history);
  const by = last.judgedBy === "test" ? "Test" : "Validation";
  const end = formatAccuracy(last.judgedAccuracy);
  if (history.length === 1) return `${by} accuracy is ${end} after one epoch.`;
  const best = history.reduce((a, b) => (b.judgedAccuracy > a.judgedAccuracy ? b : a));
  const peak =
    best.judgedAccuracy === last.judgedAccuracy
      ? "its highest"
      : `after ${formatAccuracy(best.judgedAccuracy)} at epoch ${best.epoch}`;
  return `${by} accuracy starts at ${formatAccuracy(first.judgedAccuracy)} and ends at ${end}, ${peak}.`;
}

export function rateFinding(history: readonly EpochRecord[]): string {
  const { first, last } = endsOf(history);
  const most = history.reduce((a, b) => (b.learningRate > a.learningRate ? b : a));
  const [start, end] = [significant(first.learningRate, 3), significant(last.learningRate, 3)];
  if (history.every(({ learningRate }) => learningRate === first.learningRate)) {
    return `Constant at ${start}.`;
  }
  const peak =
    most.learningRate > first.learningRate && most.learningRate > last.learningRate
      ? `, by way of ${significant(most.learningRate, 3)} at epoch ${most.epoch}`
      : "";
  return `From ${start} at epoch ${first.epoch} to ${end} at epoch ${last.epoch}${peak}.`;
}

export function speedFinding(timings: readonly EpochTiming[]): string {
  const speeds = timings.map(({ samplesPerSecond }) => samplesPerSecond).sort((a, b) => a - b);
  const seconds = timings.reduce((sum, timing) => sum + timing.seconds, 0);
  const median = speeds[Math.floor(speeds.length / 2)];
  if (speeds.length === 1) return `${formatCount(median)} samples/s in ${formatDuration(seconds)}.`;
  const range = `from ${formatCount(speeds[0])} to ${formatCount(speeds[speeds.length - 1])}`;
  return `Median ${formatCount(median)} samples/s, ${range}; ${formatDuration(seconds)} in all epochs.`;
}

function went(from: number, to: number): string {
  return to < from ? "falls" : to > from ? "rises" : "stays";
}

function endsOf(history: readonly EpochRecord[]): {
  readonly first: EpochRecord;
  readonly last: EpochRecord;
} {
  return { first: history[0], last: history[history.length - 1] };
}
