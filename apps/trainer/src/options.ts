// The options of training: defaults, and the one check that the command line and the API share.
import { availableParallelism } from "node:os";
import { DataError, UsageError } from "./errors.ts";
import { checkCombinations, checkValidation, type Spelling, spelledOption } from "./option-combinations.ts";
import { OPTION_RULES, type OptionName } from "./option-rules.ts";
import { expectation, fits } from "./option-values.ts";
import type { OptimizerName, TrainingOptions } from "./training-options.ts";

export { type Spelling, spelledOption } from "./option-combinations.ts";
export type {
  Activation,
  BackendChoice,
  Dtype,
  OptimizerName,
  OverlapChoice,
  ScheduleName,
  SparseChoice,
  TrainingOptions,
} from "./training-options.ts";

/** Core's defaults; but for sgd the book's 0.1. */
const LEARNING_RATES: Readonly<Record<OptimizerName, number>> = {
  sgd: 0.1,
  momentum: 0.01,
  nesterov: 0.01,
  adagrad: 0.01,
  rmsprop: 0.01,
  adam: 0.001,
  adamw: 0.001,
};

/** The options of a run that names none: the book's network and step, 17 epochs, every core. */
export function defaultOptions(): TrainingOptions {
  return {
    workers: availableParallelism(),
    epochs: 17,
    batchSize: 100,
    optimizer: "sgd",
    learningRate: LEARNING_RATES.sgd,
    hidden: 50,
    seed: 0,
    limit: undefined,
    dtype: "float32",
    backend: "auto",
    activation: "relu",
    init: 0.01,
    weightDecay: undefined,
    momentum: undefined,
    clipNorm: undefined,
    schedule: "constant",
    stepEvery: undefined,
    stepFactor: undefined,
    warmUp: undefined,
    patience: undefined,
    evaluateEvery: undefined,
    timeLimit: undefined,
    limitBatches: undefined,
    overfitOneBatch: undefined,
    sparse: "auto",
    shards: undefined,
    overlap: "auto",
    pieces: undefined,
    peerTimeout: undefined,
    restarts: 3,
  };
}

/**
 * Fills in the defaults and judges every value. A property that is undefined counts as not given.
 *
 * @throws UsageError naming the option, the value, the range and the cure.
 */
export function resolveOptions(
  given: Partial<TrainingOptions> = {},
  spelling: Spelling = "property",
): TrainingOptions {
  const defaults = defaultOptions();
  for (const [name, value] of Object.entries(given)) {
    if (!isTrainingOption(name, defaults)) throw unknownOption(name, Object.keys(defaults));
    if (value !== undefined) checkOption(name, value, spelling);
  }
  const chosen = { ...defaults, ...withoutUndefined(given) };
  const options = { ...chosen, learningRate: given.learningRate ?? LEARNING_RATES[chosen.optimizer] };
  checkCombinations(options, spelling);
  return options;
}

/**
 * Judges one value.
 *
 * @throws UsageError naming the option as `spelling` says, the value, the range and the cure.
 */
export function checkOption(name: OptionName, value: unknown, spelling: Spelling = "property"): void {
  const rule = OPTION_RULES[name];
  if (!fits(value, rule)) throw badOption(name, value, spelling);
}

/** The error for a value that an option does not take; `value` is shown as the user wrote it. */
export function badOption(name: OptionName, value: unknown, spelling: Spelling): UsageError {
  const rule = OPTION_RULES[name];
  const spelled = spelledOption(name, spelling);
  return new UsageError(`${spelled} ${shown(value)}: expected ${expectation(rule)}. ${cure(name, spelled)}`);
}

/**
 * Judges the options that depend on the data; call it before any work is done.
 *
 * @throws DataError when `limit` is more than the training rows, or `batchSize` more than the rows trained on.
 * @throws UsageError when an option needs validation rows and there are none.
 */
export function checkAgainstData(
  options: Pick<TrainingOptions, "batchSize" | "limit"> &
    Partial<Pick<TrainingOptions, "patience" | "schedule">>,
  data: {
    readonly name: string;
    readonly train: { readonly rows: number };
    readonly validation?: { readonly rows: number } | undefined;
  },
  spelling: Spelling = "property",
): void {
  const rows = data.train.rows;
  const limit = options.limit ?? rows;
  const refuse = (option: "batchSize" | "limit", value: number, most: number, what: string): never => {
    const spelled = spelledOption(option, spelling);
    throw new DataError({
      file: data.name,
      expected: `${spelled} of at most ${most}, ${what}`,
      found: `${spelled} ${value}`,
      cure: `Use ${spelled} ${most} or less.`,
    });
  };
  if (limit > rows) refuse("limit", limit, rows, "the training rows there are");
  if (options.batchSize > limit) {
    const trainedOn =
      options.limit === undefined
        ? "the training rows"
        : `the rows that ${spelledOption("limit", spelling)} leaves`;
    refuse("batchSize", options.batchSize, limit, trainedOn);
  }
  checkValidation(options, data.validation !== undefined, spelling);
}

function isTrainingOption(name: string, defaults: TrainingOptions): name is keyof TrainingOptions {
  return Object.hasOwn(defaults, name);
}

function unknownOption(name: string, known: readonly string[]): UsageError {
  const close = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const guess = close === undefined ? `The options are ${known.join(", ")}.` : `Did you mean ${close}?`;
  return new UsageError(`unknown training option ${JSON.stringify(name)}. ${guess}`);
}

function withoutUndefined(given: Partial<TrainingOptions>): Partial<TrainingOptions> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function cure(name: OptionName, spelled: string): string {
  if (name === "workers") return `Leave it out to use every core (${availableParallelism()} here).`;
  if (name === "limit") return "Leave it out to train on every row.";
  if (name === "learningRate") return "Leave it out for the optimizer's own.";
  if (name === "classes") return "Leave it out to count the classes from the training labels.";
  const usual = defaultOptions()[name];
  return usual === undefined
    ? "Leave it out for what is usual."
    : `Leave it out for the default: ${spelled} ${usual}.`;
}
