// The rows that a saved model is looked at with: a test set or any file, prepared as the model's card says.
import type { Dataset } from "../data/dataset.ts";
import { loadData } from "../data/load-data.ts";
import { isFolder } from "../data/path-kind.ts";
import { type RowOptions, type Rows, readRows } from "../data/rows/read-rows.ts";
import { DataError, UsageError } from "../errors.ts";
import { type Model, sizesOf } from "../model/model-file.ts";
import { datasetTensor } from "./dataset-tensor.ts";

/** Rows, and what messages call them: "the test rows of MNIST", or the file. */
export interface ModelRows extends Rows {
  readonly source: string;
}

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
  const { inputs, classes } = sizesOf(model.net);
  if (path === undefined && inputs !== 28 * 28) {
    throw new UsageError(
      `the model takes ${inputs} values and MNIST's images have 784: expected --data. Give rows that fit it.`,
    );
  }
  const { test, name } = await loadData(path, { standardize: false });
  return { ...datasetRows(test, model, name, classes), source: `the test rows of ${name}` };
}

function datasetRows(data: Dataset, { net, card }: Model, file: string, classes: number): Rows {
  const { inputs } = sizesOf(net);
  const cure = "Give data of the kind that the model was trained on.";
  if (data.columns !== inputs) {
    const [expected, found] = [`rows of ${inputs} values, as the model takes`, `${data.columns} values`];
    throw new DataError({ file, expected, found, cure });
  }
  if (data.scale !== card.scale) {
    const kinds = [card.scale, data.scale].map((scale) => (scale === 1 ? "numbers" : "bytes"));
    const [expected, found] = [`${kinds[0]}, as in training (scale ${card.scale})`, `${kinds[1]}`];
    throw new DataError({ file, expected, found, cure });
  }
  const row = data.labels.findIndex((label) => label >= classes);
  if (row >= 0) {
    const expected = `a label from 0 to ${classes - 1}, the model's classes`;
    throw new DataError({ file, row, expected, found: String(data.labels[row]), cure });
  }
  return {
    x: datasetTensor(data, net.dtype, card.standardization),
    names: Array.from({ length: data.rows }, (_, i) => String(i)),
    labels: Int32Array.from(data.labels),
  };
}
