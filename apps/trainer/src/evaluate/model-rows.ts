// The rows that a saved model is looked at with: a test set or any file, prepared as the model's card says.
import type { Dataset } from "../data/dataset.ts";
import { loadData } from "../data/load-data.ts";
import { isFolder } from "../data/path-kind.ts";
import { type RowOptions, type Rows, readRows } from "../data/rows/read-rows.ts";
import { DataError, UsageError } from "../errors.ts";
import { type Model, sizesOf } from "../model/model-file.ts";
import { matchClasses } from "./match-classes.ts";
import { readyTensor } from "./ready-tensor.ts";

/** Rows, and what messages call them: "the test rows of MNIST", or the file. */
export interface ModelRows extends Rows {
  readonly source: string;
}

/** Rows whose classes are known. */
export type LabelledRows = ModelRows & Required<Pick<Rows, "labels">>;

/**
 * Without a path the test set of MNIST; of a folder of IDX files the test set; of a file every row.
 *
 * @throws DataError for data that are missing, damaged or not of the model's width; UsageError for an empty path.
 */
export async function modelRows(
  path: string | undefined,
  model: Model,
  options: RowOptions = {},
): Promise<ModelRows> {
  if (path === "") throw new UsageError('--data "": expected a path. Leave it out for MNIST.');
  if (path !== undefined && !(await isFolder(path))) {
    return { ...(await readRows([path], model, options)), source: path };
  }
  const { inputs } = sizesOf(model.net);
  if (path === undefined && inputs !== 28 * 28) {
    throw new UsageError(
      `the model takes ${inputs} values and MNIST's images have 784: expected --data. Give rows that fit it.`,
    );
  }
  const { test, name, description } = await loadData(path, { standardize: false });
  return { ...datasetRows(test, model, name, description?.classNames), source: `the test rows of ${name}` };
}

/**
 * The same, for what needs to know the right classes.
 *
 * @throws DataError also when there are no labels.
 */
export async function labelledRows(
  path: string | undefined,
  model: Model,
  options: RowOptions = {},
): Promise<LabelledRows> {
  const { labels, ...rows } = await modelRows(path, model, options);
  if (labels !== undefined) return { ...rows, labels };
  const cure =
    "Give data with labels (--label names the column of a CSV file, --labels the file of an array).";
  throw new DataError({ file: rows.source, expected: "rows with labels", found: "no labels", cure });
}

function datasetRows(
  data: Dataset,
  { net, card }: Model,
  file: string,
  classNames: readonly string[] | undefined,
): Required<Rows> {
  const { inputs } = sizesOf(net);
  if (data.columns !== inputs) {
    throw new DataError({
      file,
      expected: `rows of ${inputs} values, as the model takes`,
      found: `${data.columns} values`,
      cure: "Give data of the kind that the model was trained on.",
    });
  }
  return {
    x: readyTensor(data, card, net.dtype, file),
    names: Array.from({ length: data.rows }, (_, i) => `${file}:${i + 1}`),
    labels: matchClasses(data.labels, classNames, card.classNames, file),
  };
}
