// A plan as lines for a terminal.
import { fixedSlices } from "./fixed-slices.ts";
import { isWorthwhile, milliseconds, percent, type RanksPlan } from "./make-plan.ts";
import { flopsOfSample, type StepOnRanks, type Work } from "./step-model.ts";
import { overlapFlag, trainCommand } from "./train-flags.ts";

export interface SpeedSource {
  readonly gflops: number;
  /** Whether a run on this machine has told it. */
  readonly measured: boolean;
}

export function planLines(plan: RanksPlan, { gflops, measured }: SpeedSource): string[] {
  const { work, network, bytes, strong, weak, verdict } = plan;
  const mflop = (flopsOfSample(work.layers) / 1e6).toPrecision(3);
  const by = work.backend === undefined ? "" : `, with ${work.backend}`;
  const source = measured ? `measured here, now${by}` : "as given";
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
    ...overlapLines(work, strong),
    ...commandLines(plan),
    "All of this is a model: it knows no other traffic, and no machine that is slower than this one.",
  ];
}

/** What overlap takes off the step of the shared batch where it takes off most. */
function overlapLines(work: Work, steps: readonly StepOnRanks[]): string[] {
  const gain = ({ step, inTurns }: StepOnRanks): number => 1 - step / inTurns;
  const most = steps.reduce((a, b) => (gain(b) > gain(a) ? b : a));
  if (steps.length < 2) return [];
  if (most.buckets === 1) return [`Exchange and backward take turns: ${whyInTurns(work)}.`];
  const times = `${milliseconds(most.inTurns)} to ${milliseconds(most.step)}`;
  return [
    `To overlap exchange and backward takes up to ${percent(gain(most))} off a step (${times}, on ${most.ranks} machines), in as ` +
      "many parts as --overlap says. A run that is not told so chooses as for 10 Gbit/s and 20 GFLOP/s of every worker.",
  ];
}

/** A native BLAS computes whole slices of the parameters: in two parts every worker has to have one in each. */
function whyInTurns(work: Work): string {
  const fixed = fixedSlices(work, work.batchSize);
  if (fixed === undefined || fixed.slices >= 2 * fixed.workers) return "to overlap them would not pay here";
  const { slices, workers } = fixed;
  return `${work.backend} computes ${slices} slices of the parameters, too few for parts of them with ${workers} workers`;
}

/** How to start the run on as many machines as were asked for, where a step has a row for each of them. */
function commandLines({ work, strong, weak, best }: RanksPlan): string[] {
  const asked = strong.find(({ ranks }) => ranks === weak.at(-1)?.ranks);
  if (asked === undefined || asked.ranks === 1) return [];
  const lead = isWorthwhile(best)
    ? `On ${asked.ranks} machines that is`
    : `To see for yourself on ${asked.ranks} machines, against this advice`;
  return [`${lead} (Open MPI): ${trainCommand(work, asked)}`];
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
