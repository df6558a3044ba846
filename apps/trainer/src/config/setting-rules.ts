// The table of settings beside the training options: how each is spelled, what it means and which values it takes.
import type { OptionRule } from "../option-rule-kinds.ts";
import { OPTION_RULES } from "../option-rules.ts";
import type { DataSettings, RunSettings } from "./settings.ts";

/** Any text but the empty one. */
export interface TextRule {
  readonly kind: "text";
}

/** The path of a file or folder; in a file it counts from the file's own folder. */
export interface PathRule {
  readonly kind: "path";
}

/** On or off: `--header`, `--no-header`. */
export interface SwitchRule {
  readonly kind: "switch";
}

/** Text, or a whole number. */
export interface TextOrWholeRule {
  readonly kind: "text or whole";
}

/** A share of the rows, below 1 and from `min` on; 0 is none. */
export interface ShareRule {
  readonly kind: "share";
  readonly zero: boolean;
}

/** A finite number of 0 or more. */
export interface AmountRule {
  readonly kind: "amount";
}

/** A row of the table; a switch has no argument. */
export interface SettingRule extends Omit<OptionRule, "values"> {
  readonly values:
    | OptionRule["values"]
    | TextRule
    | PathRule
    | SwitchRule
    | TextOrWholeRule
    | ShareRule
    | AmountRule;
  /** What --no-… means, for a switch that can be turned off. */
  readonly negated?: string;
}

export const DATA_RULES: Readonly<Record<keyof DataSettings, SettingRule>> = {
  data: {
    flag: "--data",
    argument: "<path>",
    meaning: "folder of IDX files named like MNIST's, or a .csv, .npz or .npy file; without it, MNIST",
    values: { kind: "path" },
  },
  classes: OPTION_RULES.classes,
  label: {
    flag: "--label",
    argument: "<column>",
    meaning: "CSV: the column of the classes, by name or number from 0; without it, the last",
    values: { kind: "text or whole" },
  },
  header: {
    flag: "--header",
    argument: "",
    meaning: "CSV: the first line names the columns",
    negated: "CSV: the first line is data",
    values: { kind: "switch" },
  },
  missing: {
    flag: "--missing",
    argument: "<policy>",
    meaning: "CSV: what to do about missing values: refuse, mean (of the column) or drop (the row)",
    values: { kind: "choice", choices: ["refuse", "mean", "drop"] },
  },
  labels: {
    flag: "--labels",
    argument: "<path>",
    meaning: "the .npy file with the labels of a .npy file",
    values: { kind: "path" },
  },
  test: {
    flag: "--test",
    argument: "<share>",
    meaning: "share of the rows that becomes the test set, when the data bring none; without it, 0.2",
    values: { kind: "share", zero: false },
  },
  validation: {
    flag: "--validation",
    argument: "<share>",
    meaning: "share of the training rows that becomes the validation set; without it, none",
    values: { kind: "share", zero: true },
  },
  splitSeed: {
    flag: "--split-seed",
    argument: "<n>",
    meaning: "decides which rows go into which set; without it, 0",
    values: { kind: "whole", min: 0, max: Number.MAX_SAFE_INTEGER },
  },
  standardize: {
    flag: "--standardize",
    argument: "",
    meaning: "give every column mean 0 and standard deviation 1; the default for all but bytes",
    negated: "use the numbers as they are",
    values: { kind: "switch" },
  },
};

export const RUN_RULES: Readonly<Record<keyof RunSettings, SettingRule>> = {
  name: {
    flag: "--name",
    argument: "<name>",
    meaning: "name of the run's folder; without it, the next free number",
    values: { kind: "text" },
  },
  out: {
    flag: "--out",
    argument: "<folder>",
    meaning: "where run folders are made; without it, runs",
    values: { kind: "path" },
  },
  save: {
    flag: "--save",
    argument: "",
    meaning: "keep the run in a folder; the default",
    negated: "leave no run folder: no model file, no checkpoints",
    values: { kind: "switch" },
  },
  keep: {
    flag: "--keep",
    argument: "<n>",
    meaning: "checkpoints that are kept; without it, 3",
    values: { kind: "whole", min: 2, max: 1_000_000 },
  },
  checkpointEvery: {
    flag: "--checkpoint-every",
    argument: "<seconds>",
    meaning: "least time between two checkpoints; without it, 10; 0 saves after every epoch",
    values: { kind: "amount" },
  },
  tensorboard: {
    flag: "--tensorboard",
    argument: "",
    meaning: "write event files for TensorBoard too",
    values: { kind: "switch" },
  },
};

/** The run settings with nothing left out but the name. */
export interface RunDefaults {
  readonly out: string;
  readonly save: boolean;
  readonly keep: number;
  readonly checkpointEvery: number;
  readonly tensorboard: boolean;
}

/** What the run settings are when nobody says otherwise; a name is found when it is needed. */
export const RUN_DEFAULTS: RunDefaults = {
  out: "runs",
  save: true,
  keep: 3,
  checkpointEvery: 10,
  tensorboard: false,
};
