// Loads the rows of a data set that one process of several needs, and leaves the others on the disk.
import { DataError } from "../../errors.ts";
import { checkSameSizes } from "../check-dataset.ts";
import { checkDescription } from "../check-description.ts";
import { checkDataOptions, type DataOptions } from "../data-options.ts";
import { type Dataset, type TrainingData, toDataset, toPixels } from "../dataset.ts";
import type { RowRange } from "../held-rows.ts";
import { imageShapeOf } from "../image-shape.ts";
import { densityOf, sampledRows } from "../input-density.ts";
import { loadData } from "../load-data.ts";
import { standardizesByDefault } from "../prepare/prepare.ts";
import { planSplit } from "../prepare/split-data.ts";
import { type PartSource, partSource, type UnreadRows } from "./part-source.ts";
import { probedRows, probeOf } from "./probe.ts";
import { readPart } from "./read-part.ts";

/** Which rows a process needs: of a set of so many rows, those of its part. */
export interface OwnRows {
  /** So many training rows are used, from the first on. Default: all. */
  readonly limit: number | undefined;
  readonly train: (rows: number) => RowRange;
  readonly validation: (rows: number) => RowRange;
  readonly test: (rows: number) => RowRange;
}

/**
 * `loadData` for one process of several: the same sets, but that each has only this process's rows (`held`) where the
 * files allow it. They do as IDX and NPY (row-major); anything packed (.gz, .npz) and CSV is read whole by everybody, and
 * so are data that are standardized, since that takes the mean of all rows. Labels are always read whole.
 *
 * @throws UsageError and DataError as `loadData` does; faults in rows of others are for others to find.
 */
export async function loadPart(
  path: string | undefined,
  options: DataOptions,
  own: OwnRows,
): Promise<TrainingData> {
  checkDataOptions(options);
  const source = await partSource(path, options);
  return (source && (await partOf(source, options, own))) ?? (await loadData(path, options));
}

async function partOf(
  source: PartSource,
  options: DataOptions,
  own: OwnRows,
): Promise<TrainingData | undefined> {
  const { name } = source;
  const train = unread(source.train, source.classes);
  const test = source.test && unread(source.test, train.classes);
  const imageShape = imageShapeOf(source.train.images.shape);
  const description = { ...(imageShape && { imageShape }), ...source.description };
  if (options.standardize ?? standardizesByDefault(train, description)) return undefined;
  checkDescription(name, description, train);
  if (test !== undefined) checkSameSizes(name, train, test);
  const { order, testRows, validationRows } = planSplit(
    { name, train: { dataset: train, description }, ...(test && { test }) },
    options,
  );
  const trainRows = order.length - testRows - validationRows;
  const used = Math.min(own.limit ?? trainRows, trainRows);
  const cut = async (from: number, to: number, part: RowRange): Promise<Dataset> =>
    await read(source.train, train, order.subarray(from, to), part);
  const end = trainRows + validationRows;
  const forTraining = order.subarray(0, trainRows);
  return {
    name,
    train: await read(source.train, train, forTraining, own.train(used), {
      probed: used,
      density: await densityIn(source.train, order.subarray(0, used), train.columns),
    }),
    ...(validationRows > 0 && {
      validation: await cut(trainRows, end, own.validation(validationRows)),
    }),
    test:
      source.test === undefined || test === undefined
        ? await cut(end, order.length, own.test(testRows))
        : await read(
            source.test,
            test,
            Int32Array.from(test.labels, (_, row) => row),
            own.test(test.rows),
          ),
    description,
  };
}

/** All that is known of a set before any of its images is read: sizes and labels, judged. */
function unread({ images, labels }: UnreadRows, classes: number | undefined): Dataset {
  const data = images.valuesOf(new Uint8Array());
  return toDataset({ ...images, data }, labels, { classes, held: { from: 0, to: 0, probe: "" } });
}

/** Of a few of the rows, that all processes read: they have to come to one number. */
async function densityIn({ images }: UnreadRows, rows: Int32Array, columns: number): Promise<number> {
  const sampled = sampledRows({ rows: rows.length, columns }).map((row) => rows[row] ?? 0);
  return densityOf(toPixels(await readPart(images, sampled)));
}

/** @param rows those of the file that make the set, in its order */
async function read(
  { images }: UnreadRows,
  file: Dataset,
  rows: Int32Array,
  { from, to }: RowRange,
  { probed = rows.length, ...known }: { readonly probed?: number; readonly density?: number } = {},
): Promise<Dataset> {
  const labels = rows.map((row) => file.labels[row] ?? 0);
  const looked = probedRows(probed).map((row) => rows[row] ?? 0);
  const probe = probeOf(toPixels(await readPart(images, looked)));
  const data = await readPart(images, rows.subarray(from, to));
  try {
    return toDataset(
      { file: images.file, shape: [rows.length, ...images.shape.slice(1)], data },
      { file: images.file, shape: [rows.length], data: labels },
      { classes: file.classes, held: { from, to, probe, ...known } },
    );
  } catch (error) {
    throw error instanceof DataError ? inFile(error, rows) : error;
  }
}

/** The same fault by the row's number in the file. */
function inFile(error: DataError, rows: Int32Array): DataError {
  const { row } = error.fault;
  return row === undefined
    ? error
    : new DataError({ ...error.fault, row: rows[row] ?? row }, { cause: error.cause });
}
