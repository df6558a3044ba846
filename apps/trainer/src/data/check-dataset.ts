// Judges a data set before anything is trained on it, wherever it came from.
import { DataError } from "../errors.ts";
import { MOST_CLASSES } from "../option-rules.ts";
import { checkDescription } from "./check-description.ts";
import type { Dataset, TrainingData } from "./dataset.ts";
import { heldRows } from "./held-rows.ts";

/** What to call the two parts of a data set in messages: their files, where there are files. */
export interface DatasetNames {
  readonly images: string;
  readonly labels: string;
}

/**
 * Sizes agree, nothing is empty, every label is a class, every value is a finite number.
 *
 * @throws DataError naming the row (and column) that is wrong.
 */
export function checkDataset(dataset: Dataset, names: DatasetNames): void {
  checkSizes(dataset, names);
  checkClasses(dataset, names);
  checkLabels(dataset, names);
  checkFinite(dataset, names);
}

/**
 * All sets of a run, that they fit each other, and that the description fits them.
 *
 * @throws DataError as `checkDataset` does, or naming what differs between the sets.
 */
export function checkTrainingData({ name, train, validation, test, description }: TrainingData): void {
  checkDataset(train, { images: `${name}, training images`, labels: `${name}, training labels` });
  for (const [what, set] of Object.entries({ validation, test })) {
    if (set === undefined) continue;
    checkDataset(set, { images: `${name}, ${what} images`, labels: `${name}, ${what} labels` });
    checkSameSizes(name, train, set, what);
  }
  if (description !== undefined) checkDescription(name, description, train);
}

/** @throws DataError when the columns or the classes of the two sets differ. */
export function checkSameSizes(name: string, train: Dataset, other: Dataset, what = "test"): void {
  for (const size of ["columns", "classes"] as const) {
    if (train[size] === other[size]) continue;
    throw new DataError({
      file: name,
      expected: `${what} rows of ${train[size]} ${size}, as the training rows have`,
      found: `${other[size]}`,
      cure: `Check that the training and the ${what} data belong together.`,
    });
  }
}

function checkSizes(dataset: Dataset, names: DatasetNames): void {
  const { images, labels, rows, columns } = dataset;
  if (!(Number.isInteger(rows) && rows > 0) || !(Number.isInteger(columns) && columns > 0)) {
    throw new DataError({
      file: names.images,
      expected: "at least 1 row of at least 1 value",
      found: `${rows} rows of ${columns} values`,
      cure: "Check that the file is the right one and not empty.",
    });
  }
  const { from, to } = heldRows(dataset);
  const here = to - from;
  if (images.length !== here * columns || from < 0 || here < 0 || to > rows) {
    throw new DataError({
      file: names.images,
      expected: `${here}×${columns} = ${here * columns} values`,
      found: `${images.length}`,
      cure: "Store the rows one after the other, each with all its columns.",
    });
  }
  if (labels.length !== rows) {
    throw new DataError({
      file: names.labels,
      expected: `${rows} labels, one a row`,
      found: `${labels.length}`,
      cure: "Check that images and labels belong together.",
    });
  }
}

function checkClasses({ classes, labels }: Dataset, names: DatasetNames): void {
  if (Number.isInteger(classes) && classes >= 2 && classes <= MOST_CLASSES) return;
  const row = labels.findIndex((label) => label >= MOST_CLASSES);
  throw new DataError({
    file: names.labels,
    ...(row >= 0 ? { row } : {}),
    expected: `2 to ${MOST_CLASSES} classes`,
    found: row >= 0 ? `the label ${labels[row]}` : `${classes} classes`,
    cure: "Number the classes 0, 1, 2 and so on without gaps.",
  });
}

function checkLabels({ labels, classes }: Dataset, names: DatasetNames): void {
  const row = labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (row < 0) return;
  throw new DataError({
    file: names.labels,
    row,
    expected: `a label from 0 to ${classes - 1} (${classes} classes)`,
    found: String(labels[row]),
    cure: "Correct the label, or give the right number of classes (--classes, or classes in code).",
  });
}

function checkFinite(dataset: Dataset, names: DatasetNames): void {
  const { images, columns, scale } = dataset;
  if (!Number.isFinite(scale)) {
    const cure = "Use 1/255 for bytes and 1 for numbers that are scaled already.";
    throw new DataError({ file: names.images, expected: "a finite scale", found: String(scale), cure });
  }
  if (images instanceof Uint8Array) return;
  const at = images.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new DataError({
    file: names.images,
    row: heldRows(dataset).from + Math.floor(at / columns),
    column: at % columns,
    expected: "a finite number",
    found: String(images[at]),
    cure: "Replace the value, or leave the row out, before training.",
  });
}
