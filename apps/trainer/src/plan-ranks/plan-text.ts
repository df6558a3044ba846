// A plan as lines for a terminal.
import { milliseconds, percent, type RanksPlan } from "./make-plan.ts";
import { flopsOfSample, type StepOnRanks } from "./step-model.ts";

export interface SpeedSource {
  readonly gflops: number;
  /** Whether a run on this machine has told it. */
  readonly measured: boolean;
}

export function planLines(plan: RanksPlan, { gflops, measured }: SpeedSource): string[] {
  const { work, network, bytes, strong, weak, verdict } = plan;
  const mflop = (flopsOfSample(work.layers) / 1e6).toPrecision(3);
  const source = measured ? "measured here, now" : "as given";
  return [
    `net             ${work.layers.join("-")}, batch ${work.batchSize}`,
    `work            ${mflop} MFLOP a row; ${(bytes / 1e6).toPrecision(3)} MB of gradients a step`,
    `machine         ${gflops.toPrecision(3)} GFLOP/s (${source})`,
    `network         ${network.name}, ${(network.latency * 1e6).toFixed(0)} µs a message (assumed, or --latency)`,
    "",
    "The same run, its batch shared (strong scaling):",
    ...table(strong),
    "",
    "A batch on every machine (weak scaling; larger batches learn otherwise):",
    ...table(weak),
    "",
    verdict,
    ...overlapLines(strong),
    "All of this is a model: it knows no other traffic, and no machine that is slower than this one.",
  ];
}

/** The step of the shared batch that overlap could shorten most. */
function overlapLines(steps: readonly StepOnRanks[]): string[] {
  const gain = ({ step, leastStep }: StepOnRanks): number => 1 - leastStep / step;
  const most = steps.reduce((a, b) => (gain(b) > gain(a) ? b : a));
  if (most.ranks === 1) return [];
  const times = `${milliseconds(most.step)} to ${milliseconds(most.leastStep)}`;
  return [
    "Exchange and backward take turns. No overlap of the two could bring the same run more than " +
      `${percent(gain(most))} (${times} a step, on ${most.ranks} machines).`,
  ];
}

function table(steps: readonly StepOnRanks[]): string[] {
  const rows = steps.map(({ ranks, rows: each, compute, exchange, step, speedUp, efficiency }) => [
    String(ranks),
    each < 10 ? each.toFixed(1) : each.toFixed(0),
    milliseconds(compute),
    milliseconds(exchange),
    milliseconds(step),
    speedUp.toFixed(2),
    percent(efficiency),
  ]);
  const head = ["ranks", "rows each", "compute", "exchange", "step", "speed-up", "efficiency"];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows].map((row) => `  ${row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  ")}`);
}
