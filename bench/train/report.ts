// The results as text.
import { median } from "../report/median.ts";
import { short, table } from "../report/table.ts";
import { OURS } from "./contestants.ts";
import { type GoalResult, START_UP_GOAL } from "./goals.ts";
import { type Ratio, ratioOf } from "./ratios.ts";
import type { StartUpResult } from "./start-up.ts";
import type { Failed, Measured, WorkResult } from "./turns.ts";

/** Rows in the order of the contestants; ratios are ours divided by the row's, of samples per second. */
export function workTable({ measured, failed }: WorkResult): string {
  const ours = measured.filter(({ family }) => family === OURS);
  const header = ["", "samples/s", "best", "worst", ...ours.map(ratioHeader), "steps", "loss from", "to"];
  const rows = measured.map((row) => {
    const { name, samplesPerSecond, steps, before, checked } = row;
    return [
      name,
      short(median(samplesPerSecond)),
      short(Math.max(...samplesPerSecond)),
      short(Math.min(...samplesPerSecond)),
      ...ours.map((our) => (our === row ? "" : spread(ratioOf(our.samplesPerSecond, samplesPerSecond)))),
      String(steps),
      before.loss.toFixed(3),
      checked.loss.toFixed(3),
    ];
  });
  return [table(header, rows), ...failed.map(failure)].join("\n");
}

/** Rows in the order of the contestants; ratios are ours divided by the row's, of seconds: below 1 we are faster. */
export function startUpTable({ measured, failed }: StartUpResult): string {
  const ours = measured.filter(({ family }) => family === OURS);
  const header = ["", "seconds", "best", "worst", ...ours.map(ratioHeader)];
  const rows = measured.map((row) => [
    row.name,
    median(row.seconds).toFixed(2),
    Math.min(...row.seconds).toFixed(2),
    Math.max(...row.seconds).toFixed(2),
    ...ours.map((our) => (our === row ? "" : spread(ratioOf(our.seconds, row.seconds)))),
  ]);
  return [table(header, rows), ...failed.map(failure)].join("\n");
}

export function goalLines(goals: readonly GoalResult[]): string[] {
  return goals.map(({ workers, against, threads, atLeast, ratio, name, reached }) => {
    const us = workers === "all" ? "all workers" : "1 worker";
    const them = threads === undefined ? `${against} at its fastest` : `${against} with ${threads}`;
    const want = `goal: ${us} at least ${atLeast} × ${them}`;
    if (ratio === undefined) return `${want}: not measured`;
    return `${want} (${name}): ${spread(ratio)}, ${reached ? "reached" : "NOT reached"}`;
  });
}

export function startUpGoalLine({ measured }: StartUpResult): string[] {
  const ours = measured.find(({ family }) => family === OURS);
  if (ours === undefined) return [];
  const seconds = median(ours.seconds);
  const reached = seconds <= START_UP_GOAL ? "reached" : "NOT reached";
  return [`goal: ${ours.name} at most ${START_UP_GOAL} s: ${seconds.toFixed(2)} s, ${reached}`];
}

/** What everybody ran on, one line each. */
export function descriptions(measured: readonly Measured[]): string {
  return measured.map(({ name, description }) => `  ${name}: ${description}`).join("\n");
}

function ratioHeader({ threads }: { readonly threads: number }): string {
  return `ours, ${threads} worker${threads === 1 ? "" : "s"} ÷ it`;
}

function spread({ median: middle, min, max }: Ratio): string {
  return `${short(middle)} (${short(min)}–${short(max)})`;
}

function failure({ name, reason }: Failed): string {
  return `${name}: not measured, ${reason}`;
}
