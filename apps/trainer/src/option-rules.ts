// The table of training options: how each is spelled, what it means and which values it takes.
import type { ChoiceRule, OptionRule, WholeRule } from "./option-rule-kinds.ts";
import type { TrainingOptions } from "./options.ts";

export type OptionName = keyof TrainingOptions | "classes";

/** More classes than this are almost certainly labels read wrongly; W2 would have a column for each. */
export const MOST_CLASSES = 65_536;

/** More threads than any one machine has cores for, nearly. */
export const MOST_WORKERS = 256;

// Row and step numbers travel in 32-bit shared counters.
const MOST_ROWS = 2_147_483_647;

function whole(min: number, max: number): WholeRule {
  return { kind: "whole", min, max };
}

function choice(...choices: (string | number)[]): ChoiceRule {
  return { kind: "choice", choices };
}

export const OPTION_RULES: Readonly<Record<OptionName, OptionRule>> = {
  workers: {
    flag: "--workers",
    argument: "<n>",
    meaning: "threads that share the work; any number gives the same weights",
    values: whole(1, MOST_WORKERS),
  },
  epochs: {
    flag: "--epochs",
    argument: "<n>",
    meaning: "passes over the training rows",
    values: whole(1, 1_000_000),
  },
  batchSize: {
    flag: "--batch-size",
    argument: "<n>",
    meaning: "rows per step, over all workers; by default fewer where there are fewer than 1,000 rows",
    values: whole(1, MOST_ROWS),
  },
  optimizer: {
    flag: "--optimizer",
    argument: "<name>",
    meaning: "sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw",
    values: choice("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"),
  },
  learningRate: {
    flag: "--lr",
    argument: "<x>",
    meaning:
      "learning rate: how far a step follows the gradient; other optimizers than sgd have other defaults",
    values: { kind: "positive" },
  },
  hidden: {
    flag: "--hidden",
    argument: "<n,...>",
    meaning: "widths of the hidden layers, from the input on",
    values: { kind: "list", min: 1, max: 65_536, most: 64 },
  },
  seed: {
    flag: "--seed",
    argument: "<n>",
    meaning: "decides the initial weights and the order of the rows",
    values: whole(0, Number.MAX_SAFE_INTEGER),
  },
  limit: {
    flag: "--limit",
    argument: "<n>",
    meaning: "train on the first n rows only",
    values: whole(1, MOST_ROWS),
  },
  dtype: {
    flag: "--dtype",
    argument: "<type>",
    meaning: "type of the weights: float32 or float64",
    values: choice("float32", "float64"),
  },
  backend: {
    flag: "--backend",
    argument: "<name>",
    meaning:
      "who computes: auto (the fastest here), wasm-relaxed, wasm (same bits everywhere), reference or blas (native)",
    values: choice("auto", "wasm-relaxed", "wasm", "reference", "blas"),
  },
  activation: {
    flag: "--activation",
    argument: "<name>",
    meaning: "after every hidden layer: relu or sigmoid",
    values: choice("relu", "sigmoid"),
  },
  init: {
    flag: "--init",
    argument: "<x>",
    meaning: "standard deviation of the initial weights, or he (for relu) or xavier (for sigmoid)",
    values: { kind: "positive or choice", choices: ["he", "xavier"] },
  },
  weightDecay: {
    flag: "--weight-decay",
    argument: "<x>",
    meaning: "pulls every parameter towards 0; without it, 0.01 with adamw and 0 with the others",
    values: { kind: "amount" },
  },
  momentum: {
    flag: "--momentum",
    argument: "<x>",
    meaning: "share of the speed that momentum and nesterov keep from step to step; without it, 0.9",
    values: { kind: "share", zero: true },
  },
  clipNorm: {
    flag: "--clip-norm",
    argument: "<x>",
    meaning: "scales a longer gradient, over all parameters, down to this length",
    values: { kind: "positive" },
  },
  schedule: {
    flag: "--schedule",
    argument: "<name>",
    meaning:
      "of the learning rate: constant, step, cosine (to 0 over all epochs) or plateau (validation loss)",
    values: choice("constant", "step", "cosine", "plateau"),
  },
  stepEvery: {
    flag: "--step-every",
    argument: "<epochs>",
    meaning:
      "epochs until step reduces the rate, or that plateau waits for a better validation loss; without it, 10",
    values: whole(1, 1_000_000),
  },
  stepFactor: {
    flag: "--step-factor",
    argument: "<x>",
    meaning: "what step and plateau multiply the rate by; without it, 0.1",
    values: { kind: "share", zero: false },
  },
  warmUp: {
    flag: "--warm-up",
    argument: "<steps>",
    meaning: "lets the rate rise evenly over the first steps of the run",
    values: whole(1, MOST_ROWS),
  },
  patience: {
    flag: "--patience",
    argument: "<epochs>",
    meaning: "stop after so many epochs without a better validation loss",
    values: whole(1, 1_000_000),
  },
  evaluateEvery: {
    flag: "--evaluate-every",
    argument: "<epochs>",
    meaning:
      "judge the network only so often; by default every epoch when the run is kept or has validation rows",
    values: whole(1, 1_000_000),
  },
  timeLimit: {
    flag: "--time-limit",
    argument: "<seconds>",
    meaning: "stop at the end of the step under way after this time",
    values: { kind: "positive" },
  },
  limitBatches: {
    flag: "--limit-batches",
    argument: "<n>",
    meaning: "only the first n steps of every epoch",
    values: whole(1, MOST_ROWS),
  },
  overfitOneBatch: {
    flag: "--overfit-one-batch",
    argument: "",
    meaning: "train on the first minibatch over and over: a loss that does not reach 0 shows a fault",
    values: { kind: "switch" },
  },
  sparse: {
    flag: "--sparse",
    argument: "<when>",
    meaning:
      "skip the zeros of the inputs: auto (where they are many), on or off; no bit of the result changes, but with blas",
    values: choice("auto", "on", "off"),
  },
  shards: {
    flag: "--shards",
    argument: "<n>",
    meaning:
      "parts that rows and sums are cut into, a power of two; as many ranks or fewer give the same weights; 8 under MPI",
    values: whole(1, 4096),
  },
  overlap: {
    flag: "--overlap",
    argument: "<when>",
    meaning:
      "with several ranks: exchange gradients while others are computed: auto (where it pays), on, off, or in the parts that plan says",
    values: choice("auto", "on", "off", 2, 4, 8),
  },
  pieces: {
    flag: "--pieces",
    argument: "<n>",
    meaning:
      "with blas: parts that products are cut into, for as many workers or fewer; without it, the cores there are",
    values: whole(1, MOST_WORKERS),
  },
  peerTimeout: {
    flag: "--peer-timeout",
    argument: "<seconds>",
    meaning: "under MPI: end when an exchange with the other ranks takes longer; without it, 60",
    values: { kind: "positive" },
  },
  restarts: {
    flag: "--restarts",
    argument: "<n>",
    meaning: "how often lost workers are replaced before the run gives up",
    values: whole(0, 1000),
  },
  classes: {
    flag: "--classes",
    argument: "<n>",
    meaning: "number of classes in --data; without it, one more than the largest training label",
    values: whole(2, MOST_CLASSES),
  },
};

/** The options that decide what is trained, in the order the help shows them. */
export const TRAINING_OPTIONS: readonly (keyof TrainingOptions)[] = [
  "workers",
  "epochs",
  "batchSize",
  "optimizer",
  "learningRate",
  "hidden",
  "seed",
  "limit",
  "dtype",
  "backend",
  "activation",
  "init",
  "weightDecay",
  "momentum",
  "clipNorm",
  "schedule",
  "stepEvery",
  "stepFactor",
  "warmUp",
  "patience",
  "evaluateEvery",
  "timeLimit",
  "limitBatches",
  "overfitOneBatch",
  "sparse",
  "shards",
  "overlap",
  "pieces",
  "peerTimeout",
  "restarts",
];
