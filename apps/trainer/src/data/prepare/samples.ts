// What every reader hands over before the rows are split and prepared: values, labels and what they are called.
import type { DataDescription, Dataset } from "../dataset.ts";

/** Rows as a file has them, in its order. The arrays are the reader's own: they may be changed. */
export interface Samples {
  readonly dataset: Dataset;
  readonly description: DataDescription;
  /** NaN stands for a missing value, to be filled with its column's mean. */
  readonly hasMissing?: boolean;
}

/** Reads of one source: the rows to train on and, when the source brings them, the rows to test on. */
export interface Source {
  readonly name: string;
  readonly train: Samples;
  readonly test?: Dataset;
}
