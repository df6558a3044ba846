// `gradloom plan`: whether more machines would train a net faster, before anybody rents them.

import { availableParallelism } from "node:os";
import { Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { BackendChoice } from "../options.ts";
import type { Work } from "../plan-ranks/step-model.ts";
import type { CliIo } from "./io.ts";
import { parseList, plainNumber } from "./parse-number.ts";
import { settingOptions } from "./setting-options.ts";

const EXAMPLES = `Examples:
  gradloom plan --ranks 64 --net 10gbit                       the book's network: would 64 machines help?
  gradloom plan --ranks 16 --hidden 1024,1024 --batch-size 4096   a larger one
  gradloom plan --ranks 8 --net 1gbit --gflops 80             machines with another speed than this one
  gradloom plan --ranks 16 --hidden 1024 --backend blas       a run on each machine's own BLAS
`;

interface PlanFlags {
  readonly ranks: number;
  readonly net: string;
  readonly latency: number;
  readonly inputs: number;
  readonly hidden: number | readonly number[];
  readonly classes: number;
  readonly batchSize: number;
  readonly backend: BackendChoice;
  readonly gflops?: number;
  readonly json?: boolean;
}

const MOST_RANKS = 4096;

/** The command, ready to be added to a program. */
export function planCommand(io: CliIo): Command {
  const whole = (flag: string, meaning: string, value: number, least = 1): Option =>
    new Option(`${flag} <n>`, meaning)
      .default(value)
      .argParser((text) => atLeast(flag, plainNumber(text), least, true));
  const command = new Command("plan")
    .description("Say what training on several machines would bring, by a model of the network.")
    .addHelpText("before", EXAMPLES)
    .addOption(whole("--ranks", "how many machines, a power of two", 8))
    .option("--net <rate>", "the network between them: 10gbit, 1gbit, 100mbit …", "10gbit")
    .addOption(
      new Option("--latency <µs>", "what a message takes beside its bytes, in microseconds")
        .default(30)
        .argParser((text) => atLeast("--latency", plainNumber(text), 0, false)),
    )
    .addOption(whole("--inputs", "values of a row", 784))
    .addOption(
      new Option("--hidden <n,...>", "widths of the hidden layers")
        .default(50)
        .argParser((text) => parseList("hidden", text)),
    )
    .addOption(whole("--classes", "number of classes", 10, 2))
    .addOption(whole("--batch-size", "rows per step over all machines", 100));
  // The very option of the run, but under the heading of this command's own.
  for (const option of settingOptions("backend")) command.addOption(option.helpGroup("Options:"));
  return command
    .addOption(
      new Option(
        "--gflops <x>",
        "operations a machine makes in a nanosecond; without it, measured here",
      ).argParser((text) => atLeast("--gflops", plainNumber(text), Number.MIN_VALUE, false)),
    )
    .option("--json", "the plan as one JSON object on stdout")
    .action((flags: PlanFlags) => runPlan(flags, io));
}

async function runPlan(flags: PlanFlags, io: CliIo): Promise<void> {
  const { ranks, net, latency, inputs, hidden, classes, batchSize, json } = flags;
  if (ranks > MOST_RANKS || !Number.isInteger(Math.log2(ranks))) {
    throw new UsageError(
      `--ranks ${ranks}: expected a power of two up to ${MOST_RANKS}, such as 2, 4, 8 or 64.`,
    );
  }
  // Loaded on first use: `--help` need not wait for kernels.
  const { networkOf } = await import("../plan-ranks/network.ts");
  const { makePlan } = await import("../plan-ranks/make-plan.ts");
  const { planLines } = await import("../plan-ranks/plan-text.ts");
  const network = networkOf(net, latency / 1e6);
  const layers = [inputs, ...[hidden].flat(), classes];
  const measured = flags.gflops === undefined;
  const computing = await computingOf(flags.backend);
  const options = { hidden, batchSize, backend: flags.backend };
  const flops = measured ? await measuredFlops(layers, options) : (flags.gflops ?? 0) * 1e9;
  const plan = makePlan({ layers, batchSize, itemBytes: 4, flops, ...computing }, network, ranks);
  const speed = { gflops: flops / 1e9, measured };
  if (json === true) io.stdout.write(`${JSON.stringify({ ...plan, ...speed })}\n`);
  else io.stdout.write(`${planLines(plan, speed).join("\n")}\n`);
}

async function measuredFlops(
  layers: readonly number[],
  options: Pick<PlanFlags, "hidden" | "batchSize" | "backend">,
): Promise<number> {
  const { measureFlops } = await import("../plan-ranks/measure-speed.ts");
  return await measureFlops({ layers, options });
}

/** What computes, where the run has to be told, be it that this process's environment asks for it. */
async function computingOf(choice: BackendChoice): Promise<Pick<Work, "backend" | "native">> {
  const { backendOf } = await import("../parallel/run-plan.ts");
  const { usualPieces } = await import("../parallel/cuts.ts");
  const backend = backendOf(choice);
  const workers = availableParallelism();
  if (backend === "blas") return { backend, native: { pieces: usualPieces(workers), workers } };
  const isChosen = choice !== "auto" || process.env.GRADLOOM_BACKEND !== undefined;
  return isChosen ? { backend } : {};
}

function atLeast(flag: string, value: number | string, least: number, whole: boolean): number {
  const isNumber = typeof value === "number" && Number.isFinite(value);
  if (isNumber && value >= least && (!whole || Number.isInteger(value))) return value;
  const what = whole ? "a whole number" : "a number";
  const range = least === Number.MIN_VALUE ? "more than 0" : `${least} or more`;
  throw new UsageError(`${flag} ${value}: expected ${what} of ${range}.`);
}
