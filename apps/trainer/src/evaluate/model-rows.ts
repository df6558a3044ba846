// The rows that a saved model is looked at with: a test set or any file, prepared as the model's card says.
import { dataFrom } from "../config/settings-data.ts";
import type { TrainingData } from "../data/dataset.ts";
import { loadData } from "../data/load-data.ts";
import { isFolder } from "../data/path-kind.ts";
import { type RowOptions, type Rows, readRows } from "../data/rows/read-rows.ts";
import { DataError, UsageError } from "../errors.ts";
import { type Model, sizesOf } from "../model/model-file.ts";
import { readRunConfig } from "../run-folder/run-config.ts";
import { matchClasses } from "./match-classes.ts";
import type { OpenedModel } from "./open-model.ts";
import { readyTensor } from "./ready-tensor.ts";

/** Rows, and what messages call them: "the test rows of MNIST", or the file. */
export interface ModelRows extends Rows {
  readonly source: string;
}

/** Rows whose classes are known. */
export type LabelledRows = ModelRows & Required<Pick<Rows, "labels">>;

/**
 * Of a folder of IDX files the test set; of a file every row. Without a path the test rows of the model's own run,
 * read and split as its config.json says; and of a model without a run, the test set of MNIST.
 *
 * @throws DataError for data that are missing, damaged or not of the model's width; UsageError for an empty path.
 */
export async function modelRows(
  path: string | undefined,
  model: OpenedModel,
  options: RowOptions = {},
): Promise<ModelRows> {
  if (path === "") throw new UsageError('--data "": expected a path. Leave it out for MNIST.');
  if (path !== undefined && !(await isFolder(path))) {
    return { ...(await readRows([path], model, options)), source: path };
  }
  if (path === undefined && model.run !== undefined) {
    const data = await dataFrom(await readRunConfig(model.run));
    // Standardized by now, by the very statistics that the card has: what is left to do is the scale.
    const { standardization: _, ...card } = model.card;
    return testRows(data, { net: model.net, card: { ...card, scale: data.test.scale } });
  }
  const { inputs } = sizesOf(model.net);
  if (path === undefined && inputs !== 28 * 28) {
    throw new UsageError(
      `the model takes ${inputs} values and MNIST's images have 784: expected --data. Give rows that fit it.`,
    );
  }
  return testRows(await loadData(path, { standardize: false }), model);
}

/**
 * The same, for what needs to know the right classes.
 *
 * @throws DataError also when there are no labels.
 */
export async function labelledRows(
  path: string | undefined,
  model: OpenedModel,
  options: RowOptions = {},
): Promise<LabelledRows> {
  const { labels, ...rows } = await modelRows(path, model, options);
  if (labels !== undefined) return { ...rows, labels };
  const cure =
    "Give data with labels (--label names the column of a CSV file, --labels the file of an array).";
  throw new DataError({ file: rows.source, expected: "rows with labels", found: "no labels", cure });
}

function testRows({ test, name, description }: TrainingData, { net, card }: Model): LabelledRows {
  const { inputs } = sizesOf(net);
  if (test.columns !== inputs) {
    throw new DataError({
      file: name,
      expected: `rows of ${inputs} values, as the model takes`,
      found: `${test.columns} values`,
      cure: "Give data of the kind that the model was trained on.",
    });
  }
  return {
    x: readyTensor(test, card, net.dtype, name),
    names: Array.from({ length: test.rows }, (_, i) => `${name}:${i + 1}`),
    labels: matchClasses(test.labels, description?.classNames, card.classNames, name),
    source: `the test rows of ${name}`,
  };
}
