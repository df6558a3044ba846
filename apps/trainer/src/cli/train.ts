// `gradloom train`: the command, and the order in which a run is asked for, read, trained, kept and reported.
import { Command } from "commander";
import { SETTING_NAMES } from "../config/check-setting.ts";
import { dataFrom } from "../config/settings-data.ts";
import type { TrainingData } from "../data/dataset.ts";
import type { TrainEvent } from "../events.ts";
import { checkAgainstData } from "../options.ts";
import { asAgreed, isAgreed } from "../parallel/ranks/agreed.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";
import { writeJsonLine } from "../report/json.ts";
import { createProgress } from "../report/progress.ts";
import { configText } from "../run-folder/run-config.ts";
import { listenForInterrupt } from "./interrupt.ts";
import type { CliIo } from "./io.ts";
import { amongRanks } from "./launched.ts";
import { settingOptions } from "./setting-options.ts";
import { rankDataFrom, rankFingerprint } from "./train-data.ts";
import { resolveRequest, type TrainFlags, type TrainRequest, withBatchFor } from "./train-flags.ts";
import { fromUser } from "./user-folder.ts";

const EXAMPLES = `Examples:
  gradloom train                                  MNIST, every core, 17 epochs
  gradloom train --epochs 2 --limit 6000          a quick look
  gradloom train --hidden 256,128 --init he --optimizer adam   a deeper network
  gradloom train --data iris.csv --label species --validation 0.2   a table of your own
  gradloom train --data ./my-idx-folder           your own images and labels
  gradloom train --resume                         go on with the run that was stopped
  gradloom train --json > run.jsonl               one JSON event a line
`;

/** The command, ready to be added to a program. */
export function trainCommand(io: CliIo): Command {
  const command = new Command("train")
    .description("Train a network on MNIST or on your own data.")
    .addHelpText("before", EXAMPLES);
  for (const name of SETTING_NAMES) {
    for (const option of settingOptions(name)) command.addOption(option);
  }
  return command
    .optionsGroup("This run:")
    .option("--resume [folder]", "go on with a run that was stopped; without a folder, the newest in runs")
    .option("--config <file>", "settings from a JSON file; flags go before them")
    .option("--print-config", "print all settings as such a file, and do nothing else")
    .option("--reproducible", "the same weights on every machine: --backend wasm")
    .option("--profile", "measure where the time of a step goes")
    .option("--dry-run", "only say what would be trained and what memory it takes")
    .option("--quiet", "no progress on stderr, only the result")
    .option("--json", "events as JSON Lines on stdout instead of progress and result")
    .action(() => amongRanks(io, (own, ranks) => runTrain(givenFlags(command), own, ranks)));
}

/** Only what the user has written: the defaults that the help shows may depend on other options. */
function givenFlags(command: Command): TrainFlags {
  const given = Object.entries(command.opts()).filter(
    ([name]) => command.getOptionValueSource(name) !== "default",
  );
  return Object.fromEntries(given);
}

async function runTrain(flags: TrainFlags, io: CliIo, ranks: Ranks | undefined): Promise<void> {
  const asked = await requestOf(flags, io, ranks);
  if (flags.printConfig === true) {
    const { batchSize: _, ...others } = asked.settings;
    io.stdout.write(configText(asked.anyBatch && others.data !== undefined ? others : asked.settings));
    return;
  }
  const quiet = flags.quiet === true || flags.json === true;
  const progress = createProgress(io.stderr, { env: io.env, quiet });
  const interrupt = listenForInterrupt(io.signals, io.stderr, progress.end);
  const onEvent = (event: TrainEvent): void => {
    progress.onEvent(event);
    if (flags.json === true) writeJsonLine(io.stdout, event);
  };
  try {
    const data = await (ranks === undefined ? dataFrom(asked.settings) : rankDataFrom(asked, ranks));
    const request = withBatchFor(asked, data);
    checkAgainstData(request.options, data, "flag");
    const fingerprint = ranks && (await rankFingerprint(request, data, ranks));
    if (flags.dryRun === true) return await showPlan(request, data, flags.json === true, io, ranks);
    if (ranks !== undefined && ranks.world.rank > 0) {
      const { trainBeside } = await import("./train-beside.ts");
      return await trainBeside(request, data, { io, signal: interrupt.signal, ranks });
    }
    // Loaded on first use, here and below: `--help` needs no threads and no kernels.
    const { trainRequest } = await import("./train-run.ts");
    await trainRequest(request, data, {
      io,
      flags,
      signal: interrupt.signal,
      onEvent,
      endLine: progress.end,
      ranks,
      fingerprint,
    });
  } catch (error) {
    // Whatever a run says when it was asked to stop, the signal is why; but not that it could not be saved.
    const why = interrupt.reasonFor(error);
    throw isAgreed(error) && why instanceof Error ? asAgreed(why) : why;
  } finally {
    progress.end();
    interrupt.stopListening();
  }
}

async function requestOf(flags: TrainFlags, io: CliIo, ranks: Ranks | undefined): Promise<TrainRequest> {
  const resolve = (): Promise<TrainRequest> =>
    resolveRequest(flags, (path) => fromUser(path, io.cwd, io.env));
  if (ranks === undefined) return await resolve();
  const { launchedRequest } = await import("./launched-request.ts");
  return await launchedRequest(ranks, flags.resume !== undefined, resolve);
}

async function showPlan(
  { options }: TrainRequest,
  data: TrainingData,
  json: boolean,
  io: CliIo,
  ranks: Ranks | undefined,
): Promise<void> {
  const { planTraining } = await import("../training-plan.ts");
  const { checkMemory } = await import("../parallel/memory-check.ts");
  const { writePlan } = await import("../report/plan.ts");
  const plan = planTraining(data, options, ranks?.world.size);
  if (json) io.stdout.write(`${JSON.stringify(plan)}\n`);
  else writePlan(io.stdout, plan);
  checkMemory(plan.memory.total);
}
