// A plan as lines for a terminal.
import { milliseconds, percent, type RanksPlan } from "./make-plan.ts";
import { flopsOfSample, type StepOnRanks } from "./step-model.ts";
import { overlapFlag, trainFlags } from "./train-flags.ts";

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
    ...commandLines(plan),
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
    `To overlap exchange and backward takes up to ${percent(gain(most))} off a step (${times}, on ${most.ranks} machines), in as ` +
      "many parts as --overlap says. A run that is not told so chooses as for 10 Gbit/s and 20 GFLOP/s of every worker.",
  ];
}

/** How to start what the last line of the shared batch is about. */
function commandLines({ work, strong }: RanksPlan): string[] {
  const last = strong.at(-1);
  if (last === undefined || last.ranks === 1) return [];
  return [
    `On ${last.ranks} machines that is: mpirun -n ${last.ranks} gradloom train ${trainFlags(work, last)}`,
  ];
}

function table(steps: readonly StepOnRanks[]): string[] {
  const rows = steps.map((line) => [
    String(line.ranks),
    line.rows < 10 ? line.rows.toFixed(1) : line.rows.toFixed(0),
    milliseconds(line.compute),
    milliseconds(line.exchange),
    line.ranks === 1 ? "" : String(overlapFlag(line)),
    milliseconds(line.step),
    line.speedUp.toFixed(2),
    percent(line.efficiency),
  ]);
  const head = ["ranks", "rows each", "compute", "exchange", "--overlap", "step", "speed-up", "efficiency"];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows].map((row) => `  ${row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  ")}`);
}
