// From flags, configuration file and a run's own folder to one list of settings: flags over file over defaults.
import { isSettingName, ruleOf } from "../config/check-setting.ts";
import { readConfig } from "../config/read-config.ts";
import { resumedSettings } from "../config/resumed-settings.ts";
import { RUN_DEFAULTS, type RunDefaults } from "../config/setting-rules.ts";
import type { Settings } from "../config/settings.ts";
import type { TrainingData } from "../data/dataset.ts";
import { defaultBatchSize } from "../default-batch.ts";
import { UsageError } from "../errors.ts";
import { TRAINING_OPTIONS } from "../option-rules.ts";
import { resolveOptions, type TrainingOptions } from "../options.ts";
import { newestRun } from "../run-folder/newest-run.ts";
import { readRunConfig } from "../run-folder/run-config.ts";

const OUT = RUN_DEFAULTS.out;

/** What a user has written after `gradloom train`. */
export interface TrainFlags extends Settings {
  readonly config?: string;
  readonly printConfig?: boolean;
  /** A run's folder, or true for the newest. */
  readonly resume?: string | true;
  readonly reproducible?: boolean;
  readonly profile?: boolean;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** What is to be done. */
export interface TrainRequest {
  /** Every setting, defaults filled in. */
  readonly settings: Settings & RunDefaults;
  /** The training options among them. */
  readonly options: TrainingOptions;
  /** The run that goes on: its folder, and the epochs that it was to have. */
  readonly resume?: { readonly folder: string; readonly epochs: number | undefined };
  /** Nobody has said how many rows a step takes: it may depend on how many there are. */
  readonly anyBatch: boolean;
}

/**
 * @param fromUser turns a path of the user's into one that can be opened from here.
 * @throws UsageError for a file or folder that says nothing usable, and for flags that contradict each other or the run.
 */
export async function resolveRequest(
  flags: TrainFlags,
  fromUser: (path: string) => string,
): Promise<TrainRequest> {
  const given = givenSettings(flags, fromUser);
  if (flags.resume === undefined) {
    const file = flags.config === undefined ? {} : await readConfig(fromUser(flags.config));
    return requestOf({ out: fromUser(OUT), ...file, ...given });
  }
  if (flags.config !== undefined) {
    throw new UsageError(
      "--config beside --resume: a run goes on with its own configuration. Leave one of them out.",
    );
  }
  const folder = flags.resume === true ? await newestRun(fromUser(OUT), "--resume") : fromUser(flags.resume);
  const saved = await readRunConfig(folder);
  return { ...requestOf(resumedSettings(saved, given)), resume: { folder, epochs: saved.epochs } };
}

function requestOf(given: Settings): TrainRequest {
  requireDataFor(given);
  requireFolderFor(given);
  const training = TRAINING_OPTIONS.flatMap((name) => (name in given ? [[name, given[name]] as const] : []));
  const options = resolveOptions(Object.fromEntries(training), "flag");
  const { out, save, keep, checkpointEvery, tensorboard } = given;
  const run = {
    out: out ?? RUN_DEFAULTS.out,
    save: save ?? RUN_DEFAULTS.save,
    keep: keep ?? RUN_DEFAULTS.keep,
    checkpointEvery: checkpointEvery ?? RUN_DEFAULTS.checkpointEvery,
    tensorboard: tensorboard ?? RUN_DEFAULTS.tensorboard,
  };
  return { settings: { ...given, ...options, ...run }, options, anyBatch: given.batchSize === undefined };
}

/** The request, with a step of as many rows as there are rows for. */
export function withBatchFor(request: TrainRequest, { train }: Pick<TrainingData, "train">): TrainRequest {
  const { settings, options, anyBatch } = request;
  if (!anyBatch) return request;
  const batchSize = defaultBatchSize(Math.min(options.limit ?? train.rows, train.rows));
  return { ...request, settings: { ...settings, batchSize }, options: { ...options, batchSize } };
}

function givenSettings(flags: TrainFlags, fromUser: (path: string) => string): Settings {
  const { reproducible, backend } = flags;
  if (reproducible === true && backend !== undefined && backend !== "wasm") {
    throw new UsageError(
      `--reproducible is --backend wasm, and --backend ${backend} was given. Leave one out.`,
    );
  }
  const own = Object.entries(flags).filter(([name]) => isSettingName(name));
  const settings = own.map(([name, value]) => {
    const path = isSettingName(name) && ruleOf(name).values.kind === "path";
    return [name, path ? fromUser(String(value)) : value] as const;
  });
  return { ...Object.fromEntries(settings), ...(reproducible === true ? { backend: "wasm" as const } : {}) };
}

/** What a run leaves needs a folder to be left in. */
function requireFolderFor({ save, name, tensorboard }: Settings): void {
  if (save !== false || (name === undefined && tensorboard !== true)) return;
  const flag = name === undefined ? "--tensorboard" : `--name ${name}`;
  throw new UsageError(`${flag} beside --no-save: there would be no folder for it. Leave one of them out.`);
}

/** MNIST is read in one way only. */
function requireDataFor(settings: Settings): void {
  if (settings.data !== undefined) return;
  for (const name of ["classes", "label", "header", "missing", "labels", "test"] as const) {
    if (settings[name] === undefined) continue;
    const why = name === "classes" ? "MNIST has 10 classes" : "MNIST is read in one way only";
    throw new UsageError(
      `${ruleOf(name).flag} ${settings[name]}: expected together with --data. Leave it out: ${why}.`,
    );
  }
}
