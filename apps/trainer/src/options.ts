// The options of training: types, defaults, and the one check that the command line and the API share.
import { availableParallelism } from "node:os";
import type { WeightInit } from "@gradloom/core";
import { DataError, UsageError } from "./errors.ts";
import { OPTION_RULES, type OptionName, type OptionRule, type WholeRule } from "./option-rules.ts";

/** What the net computes in. */
export type Dtype = "float32" | "float64";
/** The kernels to compute with. */
export type BackendChoice = "auto" | "wasm" | "wasm-relaxed" | "reference";
/** What comes after each hidden layer. */
export type Activation = "relu" | "sigmoid";
/** The optimizers, by their names on the command line. */
export type OptimizerName = "sgd" | "momentum" | "nesterov" | "adagrad" | "rmsprop" | "adam" | "adamw";

/** Everything that decides a run. */
export interface TrainingOptions {
  /** Threads that share every step, 1 to 256. More than the machine's cores is allowed, and slower. */
  readonly workers: number;
  /** Passes over the training rows, at least 1. */
  readonly epochs: number;
  /** Rows per step over all workers, at least 1 and at most the rows trained on. */
  readonly batchSize: number;
  /** How parameters follow their gradients: core's optimizers with their own settings. */
  readonly optimizer: OptimizerName;
  /** A finite number above 0. By default 0.1 with sgd, and what is usual for any other optimizer. */
  readonly learningRate: number;
  /** Widths of the hidden layers from the input on, 1 to 65,536 each, at most 64 of them; a number is a list of one. */
  readonly hidden: number | readonly number[];
  /** A whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Train on the first `limit` rows only; all rows when undefined. */
  readonly limit?: number | undefined;
  readonly dtype: Dtype;
  /** Who computes. `auto` is the fastest that this machine runs; `wasm` gives the same bits on every machine. */
  readonly backend: BackendChoice;
  readonly activation: Activation;
  /** Standard deviation of the initial weights, a finite number above 0, or the rule that sets it for each layer. */
  readonly init: WeightInit;
  /** How often lost workers are replaced before the run gives up, 0 to 1000. */
  readonly restarts: number;
}

/** How messages name an option: as a property (`batchSize`) or as the command line does (`--batch-size`). */
export type Spelling = "property" | "flag";

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
  const options = { ...defaults, ...withoutUndefined(given) };
  return { ...options, learningRate: given.learningRate ?? LEARNING_RATES[options.optimizer] };
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

/** What a user calls an option. */
export function spelledOption(name: OptionName, spelling: Spelling): string {
  return spelling === "flag" ? OPTION_RULES[name].flag : name;
}

/**
 * Judges the options that depend on the data; call it before any work is done.
 *
 * @throws DataError when `limit` is more than the training rows, or `batchSize` more than the rows trained on.
 */
export function checkAgainstData(
  options: Pick<TrainingOptions, "batchSize" | "limit">,
  data: { readonly name: string; readonly train: { readonly rows: number } },
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

function fits(value: unknown, { values }: OptionRule): boolean {
  if (values.kind === "choice") return typeof value === "string" && values.choices.includes(value);
  if (values.kind === "positive or choice" && typeof value === "string")
    return values.choices.includes(value);
  if (values.kind === "list") {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const whole = { min: values.min, max: values.max, kind: "whole" } as const;
    return list.length >= 1 && list.length <= values.most && list.every((item) => isWhole(item, whole));
  }
  if (values.kind === "whole") return isWhole(value, values);
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function isWhole(value: unknown, { min, max }: WholeRule): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function expectation({ values }: OptionRule): string {
  if (values.kind === "list") {
    return `1 to ${values.most} whole numbers from ${values.min} to ${values.max}, such as 256,128`;
  }
  if (values.kind === "choice") return oneOf(values.choices);
  if (values.kind === "positive or choice")
    return `a finite number above 0, or ${values.choices.join(" or ")}`;
  if (values.kind === "positive") return "a finite number above 0";
  return `a whole number from ${values.min} to ${values.max}`;
}

/** `a, b or c` */
function oneOf(choices: readonly string[]): string {
  return [choices.slice(0, -1).join(", "), ...choices.slice(-1)].join(" or ");
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function cure(name: OptionName, spelled: string): string {
  if (name === "workers") return `Leave it out to use every core (${availableParallelism()} here).`;
  if (name === "limit") return "Leave it out to train on every row.";
  if (name === "learningRate") return "Leave it out for the optimizer's own.";
  if (name === "classes") return "Leave it out to count the classes from the training labels.";
  return `Leave it out for the default: ${spelled} ${defaultOptions()[name]}.`;
}
