// How data are read, split and prepared: the options of loadData, and the check of each.
import { UsageError } from "../errors.ts";
import { checkOption } from "../options.ts";

/** What becomes of a row with a missing value: named and refused, filled with the column's mean, or left out. */
export type MissingPolicy = "refuse" | "mean" | "drop";

/** Every one may be left out; undefined counts as left out. */
export interface DataOptions {
  /** Number of classes. Default: as many as the labels need, or as classes.txt names. */
  readonly classes?: number | undefined;
  /** CSV: the column of the classes, by name or by number from 0; −1 is the last. Default: the last. */
  readonly label?: string | number | undefined;
  /** CSV: whether the first line names the columns. Default: it does when none of its fields is a number. */
  readonly header?: boolean | undefined;
  /** CSV. Default "refuse": a DataError that names row and column. */
  readonly missing?: MissingPolicy | undefined;
  /** .npy: the path of the file with the labels. */
  readonly labels?: string | undefined;
  /** Share of all rows, above 0 and below 1, that becomes the test set when the data bring none. Default 0.2. */
  readonly test?: number | undefined;
  /** Share of the training rows, from 0 to below 1, that becomes the validation set. Default 0: none. */
  readonly validation?: number | undefined;
  /** Decides which rows go where; the same for the same rows. Default 0. */
  readonly seed?: number | undefined;
  /** Whether every column gets mean 0 and standard deviation 1. Default: for CSV and floats yes, for bytes no. */
  readonly standardize?: boolean | undefined;
}

const POLICIES: readonly unknown[] = ["refuse", "mean", "drop"];

/** @throws UsageError naming the option, its value, what was expected and what to do. */
export function checkDataOptions(options: DataOptions): void {
  const { classes, seed, label, missing, test, validation } = options;
  if (classes !== undefined) checkOption("classes", classes);
  if (seed !== undefined) checkOption("seed", seed);
  if (typeof label === "number" && !Number.isInteger(label))
    throw bad("label", label, "a column's name, or its number as a whole number", "Count columns from 0.");
  if (missing !== undefined && !POLICIES.includes(missing))
    throw bad("missing", missing, "refuse, mean or drop", "Leave it out to refuse missing values.");
  if (test !== undefined && !(test > 0 && test < 1))
    throw bad("test", test, "a share above 0 and below 1", "Leave it out for 0.2, a fifth of the rows.");
  if (validation !== undefined && !(validation >= 0 && validation < 1))
    throw bad("validation", validation, "a share from 0 to below 1", "Leave it out for no validation set.");
}

/** The kinds of data, and the options that only some of them have. */
const KINDS: Readonly<Record<DataKind, readonly (keyof DataOptions)[]>> = {
  IDX: [],
  CSV: ["label", "header", "missing"],
  NPZ: [],
  NPY: ["labels"],
};

export type DataKind = "IDX" | "CSV" | "NPZ" | "NPY";

/** @throws UsageError for an option that says something about another kind of data than this. */
export function refuseForeignOptions(options: DataOptions, kind: DataKind): void {
  for (const [owner, own] of Object.entries(KINDS)) {
    const foreign = own.find((option) => options[option] !== undefined && !KINDS[kind].includes(option));
    // Nothing is missing in arrays, so the default policy says nothing about them.
    if (foreign === undefined || (foreign === "missing" && options.missing === "refuse")) continue;
    throw new UsageError(`${foreign} is an option for ${owner} data, and these are ${kind}. Leave it out.`);
  }
}

function bad(option: string, value: unknown, expected: string, cure: string): UsageError {
  return new UsageError(`${option} ${JSON.stringify(value)}: expected ${expected}. ${cure}`);
}
