// From the rows of a source to what a run trains on: split first, then statistics of the training rows alone.

import { DataError } from "../../errors.ts";
import { checkDataset } from "../check-dataset.ts";
import { checkDescription } from "../check-description.ts";
import type { DataOptions } from "../data-options.ts";
import type { DataDescription, Dataset, Standardization, TrainingData } from "../dataset.ts";
import type { Source } from "./samples.ts";
import { splitData } from "./split-data.ts";
import { columnMeans, columnStatistics, fillMissing, standardizeValues } from "./standardize.ts";

type PrepareOptions = Pick<DataOptions, "test" | "validation" | "seed" | "standardize">;

/**
 * Splits, fills gaps and standardizes. The source's own arrays are rearranged and changed in place.
 *
 * @throws DataError when the rows are too few to be split, or a column cannot be prepared.
 */
export function prepare(source: Source, options: PrepareOptions = {}): TrainingData {
  const { name, train: samples } = source;
  const parts = splitData(source, options);
  const sets = [parts.train, parts.validation, parts.test].filter((set) => set !== undefined);
  if (samples.hasMissing === true) fillWithMeans(parts.train, sets, samples.description, name);
  const wanted = options.standardize ?? standardizesByDefault(parts.train, samples.description);
  if (!wanted) return { name, ...parts, description: samples.description };
  const standardization = columnStatistics(parts.train, name);
  const ready = (set: Dataset): Dataset => standardized(set, standardization);
  return {
    name,
    train: ready(parts.train),
    ...(parts.validation === undefined ? {} : { validation: ready(parts.validation) }),
    test: ready(parts.test),
    description: { ...samples.description, standardization },
  };
}

/** Tables of numbers yes; bytes and pictures no: their numbers are of one kind and one range already. */
export function standardizesByDefault(
  { images }: Pick<Dataset, "images">,
  { imageShape }: DataDescription,
): boolean {
  return !(images instanceof Uint8Array) && imageShape === undefined;
}

function fillWithMeans(
  train: Dataset,
  sets: readonly Dataset[],
  { columnNames }: DataDescription,
  name: string,
): void {
  const means = columnMeans(train);
  const column = means.findIndex((mean) => !Number.isFinite(mean));
  if (column >= 0) {
    throw new DataError({
      file: name,
      column,
      columnName: columnNames?.[column] ?? `column ${column + 1}`,
      expected: "at least one training row with a value, to take the mean of",
      found: "none, or values too large for a mean",
      cure: "Take the column out, or correct it.",
    });
  }
  for (const set of sets) fillMissing(set, means);
}

function standardized(set: Dataset, standardization: Standardization): Dataset {
  return { ...set, images: standardizeValues(set.images, set.columns, standardization), scale: 1 };
}

/** @throws DataError when the samples of a source are not sound, naming rows as the source has them. */
export function checkSource({ name, train, test }: Source): void {
  if (train.hasMissing !== true) checkDataset(train.dataset, { images: name, labels: name });
  if (test !== undefined) checkDataset(test, { images: `${name}, test rows`, labels: `${name}, test rows` });
  checkDescription(name, train.description, train.dataset);
}
