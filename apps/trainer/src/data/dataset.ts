// A labelled data set in memory, and how one is made of two IDX arrays.
import { DataError } from "../errors.ts";
import { checkOption } from "../options.ts";
import { checkDataset } from "./check-dataset.ts";
import { type HeldRows, heldRows } from "./held-rows.ts";
import type { Idx, IdxArray } from "./idx.ts";

/** An array and where it came from, whichever format held it. */
export type SourceArray = Pick<Idx, "file" | "shape" | "data">;

/** N samples of D numbers, each with its class. */
export interface Dataset {
  /**
   * Row-major, N × D; where `held` is there, those rows alone. Multiplied by `scale` on the way into the network, so that
   * pixels stay bytes until then.
   */
  readonly images: Uint8Array | Float32Array | Float64Array;
  /** N, at least 1. */
  readonly rows: number;
  /** D, at least 1. */
  readonly columns: number;
  /** N whole numbers from 0 to `classes` − 1. */
  readonly labels: Uint8Array | Int32Array;
  /** At least 2. */
  readonly classes: number;
  /** 1/255 for bytes, 1 for floats. */
  readonly scale: number;
  /** Only in a run of several processes, each with rows of its own; `labels` are always all. */
  readonly held?: HeldRows;
}

/** What was done to each column so that it has mean 0 and standard deviation 1: (value − mean) / std. */
export interface Standardization {
  /** One for each column. */
  readonly mean: readonly number[];
  /** One for each column, never 0. */
  readonly std: readonly number[];
}

/** What the numbers of a data set mean to people. */
export interface DataDescription {
  /** One name for each class. Default: its number. */
  readonly classNames?: readonly string[];
  /** One name for each column. */
  readonly columnNames?: readonly string[];
  /** Rows and columns of pixels, when each sample is a picture. */
  readonly imageShape?: readonly [height: number, width: number];
  /** Already done to the samples; whoever predicts has to do the same. */
  readonly standardization?: Standardization;
  /** The column of the CSV file that the classes came from: its name, or its number from 0 where there are no names. */
  readonly label?: string | number;
}

/** What a run trains on and what it is judged by; all have the same columns and classes. */
export interface TrainingData {
  readonly train: Dataset;
  /** Judges every epoch: for early stopping and the choice of the best weights. */
  readonly validation?: Dataset;
  readonly test: Dataset;
  /** What messages call the data: "MNIST", or the folder. */
  readonly name: string;
  readonly description?: DataDescription;
}

/**
 * Joins images (N first, then one or more sizes that become D) and labels (N).
 *
 * Bytes stay a view and are scaled by 1/255; floats stay as they are; other whole numbers become float32, exact up
 * to 2²⁴. Without `classes` there is one more class than the largest label, and never less than 2. Give a test set
 * the training set's `classes`. With `held`, `images.shape` is that of all rows and `images.data` has only those.
 *
 * @throws UsageError when `classes` is no count of classes.
 * @throws DataError naming the file and, where there is one, the row and column.
 */
export function toDataset(
  images: SourceArray,
  labels: SourceArray,
  options: { readonly classes?: number | undefined; readonly held?: HeldRows | undefined } = {},
): Dataset {
  if (options.classes !== undefined) checkOption("classes", options.classes);
  const rows = countRows(images, labels);
  const wholeLabels = toLabels(labels);
  const pixels = toPixels(images.data);
  const dataset: Dataset = {
    images: pixels,
    rows,
    columns: images.shape.slice(1).reduce((all, size) => all * size, 1),
    labels: wholeLabels,
    classes: options.classes ?? countClasses(wholeLabels),
    scale: pixels instanceof Uint8Array ? 1 / 255 : 1,
    ...(options.held === undefined ? {} : { held: options.held }),
  };
  checkDataset(dataset, { images: images.file, labels: labels.file });
  return dataset;
}

/**
 * The first `n` rows, as views of the same memory.
 *
 * @throws DataError when there are fewer rows, or `n` is not a whole number of at least 1.
 */
export function limitRows(dataset: Dataset, n: number): Dataset {
  if (!Number.isInteger(n) || n < 1 || n > dataset.rows) {
    throw new DataError({
      file: "the data set",
      expected: `a limit from 1 to ${dataset.rows}, the rows there are`,
      found: String(n),
      cure: "Use a limit in that range, or none.",
    });
  }
  const { from, to } = heldRows(dataset);
  const held = { from: Math.min(from, n), to: Math.min(to, n) };
  return {
    ...dataset,
    images: dataset.images.subarray(0, (held.to - held.from) * dataset.columns),
    labels: dataset.labels.subarray(0, n),
    rows: n,
    ...(dataset.held === undefined ? {} : { held: { ...dataset.held, ...held } }),
  };
}

function countRows(images: SourceArray, labels: SourceArray): number {
  if (images.shape.length < 2) {
    throw new DataError({
      file: images.file,
      expected: "images: the number of rows and at least one size more",
      found: `the single size ${images.shape.join("×")}`,
      cure: "Check that the image file is not the label file.",
    });
  }
  if (labels.shape.length !== 1) {
    throw new DataError({
      file: labels.file,
      expected: "labels: one size, the number of rows",
      found: `the sizes ${labels.shape.join("×")}`,
      cure: "Check that the label file is not the image file; labels are class numbers, not one-hot rows.",
    });
  }
  const [rows = 0] = images.shape;
  const [labelled = 0] = labels.shape;
  if (rows !== labelled) {
    throw new DataError({
      file: labels.file,
      expected: `one label for each of the ${rows} images of ${images.file}`,
      found: `${labelled} labels`,
      cure: "Check that the two files belong together.",
    });
  }
  return rows;
}

/** Numbers as a data set keeps them. */
export function toPixels(data: IdxArray): Dataset["images"] {
  if (data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array) return data;
  return Float32Array.from(data);
}

// A label that is no whole number would be rounded by Int32Array without a word.
function toLabels({ data, file }: SourceArray): Dataset["labels"] {
  if (data instanceof Uint8Array || data instanceof Int32Array) return data;
  const labels = Int32Array.from(data);
  const row = labels.findIndex((label, i) => label !== data[i]);
  if (row >= 0) {
    throw new DataError({
      file,
      row,
      expected: "a label that is a whole number",
      found: String(data[row]),
      cure: "Labels are class numbers: 0, 1, 2 and so on.",
    });
  }
  return labels;
}

function countClasses(labels: Dataset["labels"]): number {
  let largest = 1;
  for (const label of labels) if (label > largest) largest = label;
  return largest + 1;
}
