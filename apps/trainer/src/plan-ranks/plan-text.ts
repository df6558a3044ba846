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

/** What overlap takes off the step of the shared batch where it takes off most. */
function overlapLines(steps: readonly StepOnRanks[]): string[] {
  const gain = ({ step, inTurns }: StepOnRanks): number => 1 - step / inTurns;
  const most = steps.reduce((a, b) => (gain(b) > gain(a) ? b : a));
  if (steps.length < 2) return [];
  if (most.buckets === 1) return ["Exchange and backward take turns: to overlap them would not pay here."];
  const times = `${milliseconds(most.inTurns)} to ${milliseconds(most.step)}`;
  return [
    `Steps with * overlap exchange and backward, which takes up to ${percent(gain(most))} off one (${times}, on ` +
      `${most.ranks} machines). A run does so by itself where that pays at 10 Gbit/s; elsewhere say --overlap on.`,
  ];
}

function table(steps: readonly StepOnRanks[]): string[] {
  const rows = steps.map(({ ranks, rows: each, compute, exchange, buckets, step, speedUp, efficiency }) => [
    String(ranks),
    each < 10 ? each.toFixed(1) : each.toFixed(0),
    milliseconds(compute),
    milliseconds(exchange),
    `${buckets > 1 ? "*" : ""}${milliseconds(step)}`,
    speedUp.toFixed(2),
    percent(efficiency),
  ]);
  const head = ["ranks", "rows each", "compute", "exchange", "step", "speed-up", "efficiency"];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows].map((row) => `  ${row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  ")}`);
}
