// `gradloom train`: reads the data, checks the options against them, trains, and reports.
import { Command, Option } from "commander";
import type { TrainingData } from "../data/dataset.ts";
import { loadIdxFolder } from "../data/idx-folder.ts";
import { loadMnist } from "../data/mnist.ts";
import { UsageError } from "../errors.ts";
import type { TrainEvent } from "../events.ts";
import { OPTION_RULES, type OptionName, TRAINING_OPTIONS } from "../option-rules.ts";
import { checkAgainstData, defaultOptions, resolveOptions, type TrainingOptions } from "../options.ts";
import { checkMemory } from "../parallel/memory-check.ts";
import { writeJsonLine } from "../report/json.ts";
import { writePlan } from "../report/plan.ts";
import { createProgress } from "../report/progress.ts";
import { writeSummary } from "../report/summary.ts";
import { listenForInterrupt } from "./interrupt.ts";
import type { CliIo } from "./io.ts";
import { parseChoice, parseList, parseNumber, parseNumberOrChoice } from "./parse-number.ts";

const EXAMPLES = `Examples:
  gradloom train                                  MNIST, every core, 17 epochs
  gradloom train --epochs 2 --limit 6000          a quick look
  gradloom train --hidden 256,128 --init he --optimizer adam   a deeper network
  gradloom train --data ./my-idx-folder           your own images and labels
  gradloom train --json > run.jsonl               one JSON event a line
`;

interface TrainFlags extends Partial<TrainingOptions> {
  readonly data?: string;
  readonly classes?: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly profile?: boolean;
  readonly reproducible?: boolean;
  readonly dryRun?: boolean;
}

/** The command, ready to be added to a program. */
export function trainCommand(io: CliIo): Command {
  const command = new Command("train")
    .description("Train a network on MNIST or on a folder of IDX files.")
    .addHelpText("before", EXAMPLES);
  const defaults = defaultOptions();
  for (const name of TRAINING_OPTIONS) command.addOption(optionOf(name, defaults[name]));
  return command
    .option("--data <folder>", "folder with four IDX files named like MNIST's; without it, MNIST")
    .addOption(optionOf("classes", undefined))
    .option("--reproducible", "the same weights on every machine: --backend wasm")
    .option("--profile", "measure where the time of a step goes")
    .option("--dry-run", "only say what would be trained and what memory it takes")
    .option("--quiet", "no progress on stderr, only the result")
    .option("--json", "events as JSON Lines on stdout instead of progress and result")
    .action(() => runTrain(givenFlags(command), io));
}

/** Only what the user has written: the defaults that the help shows may depend on other options. */
function givenFlags(command: Command): TrainFlags {
  const given = Object.entries(command.opts()).filter(
    ([name]) => command.getOptionValueSource(name) !== "default",
  );
  return Object.fromEntries(given);
}

function optionOf(name: OptionName, value: TrainingOptions[keyof TrainingOptions]): Option {
  const rule = OPTION_RULES[name];
  const option = new Option(`${rule.flag} ${rule.argument}`, rule.meaning);
  option.attributeName = () => name;
  if (rule.values.kind === "list") option.argParser((text: string) => parseList(name, text));
  else if (rule.values.kind === "positive or choice")
    option.argParser((text: string) => parseNumberOrChoice(name, text));
  else if (rule.values.kind === "choice") option.argParser((text: string) => parseChoice(name, text));
  else option.argParser((text: string) => parseNumber(name, text));
  if (value !== undefined) option.default(value, name === "workers" ? "one per core" : String(value));
  return option;
}

async function runTrain(
  { data: folder, classes, quiet, json, profile, dryRun, reproducible, ...rest }: TrainFlags,
  io: CliIo,
): Promise<void> {
  if (reproducible === true && rest.backend !== undefined && rest.backend !== "wasm") {
    throw new UsageError(
      `--reproducible is --backend wasm, and --backend ${rest.backend} was given. Leave one out.`,
    );
  }
  const given = reproducible === true ? { ...rest, backend: "wasm" as const } : rest;
  const options = resolveOptions(given, "flag");
  const progress = createProgress(io.stderr, { env: io.env, quiet: quiet === true || json === true });
  const interrupt = listenForInterrupt(io.signals, io.stderr, progress.end);
  const onEvent = (event: TrainEvent): void => {
    progress.onEvent(event);
    if (json === true) writeJsonLine(io.stdout, event);
  };
  try {
    const data = await loadData(folder, classes);
    checkAgainstData(options, data, "flag");
    if (dryRun === true) {
      // Loaded on first use, as the trainer is: `--help` need not wait for kernels.
      const { planTraining } = await import("../training-plan.ts");
      const plan = planTraining(data, options);
      if (json === true) io.stdout.write(`${JSON.stringify(plan)}\n`);
      else writePlan(io.stdout, plan);
      checkMemory(plan.memory.total);
      return;
    }
    const train = await io.loadTrain();
    const { signal } = interrupt;
    signal.throwIfAborted();
    const result = await train(data, options, { signal, onEvent, profile: profile === true });
    progress.end();
    if (json !== true) writeSummary(io.stdout, result);
  } catch (error) {
    // Whatever a run says when it was asked to stop, the signal is why.
    throw interrupt.signal.aborted ? interrupt.signal.reason : error;
  } finally {
    progress.end();
    interrupt.stopListening();
  }
}

function loadData(folder: string | undefined, classes: number | undefined): Promise<TrainingData> {
  if (folder !== undefined) {
    if (folder === "")
      throw new UsageError('--data "": expected a folder. Give its path, or leave --data out for MNIST.');
    return loadIdxFolder(folder, { classes });
  }
  if (classes !== undefined) {
    throw new UsageError(
      `--classes ${classes}: expected together with --data. Leave it out: MNIST has 10 classes.`,
    );
  }
  return loadMnist();
}
