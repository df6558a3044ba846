// What a gradient check looks at: a saved net or a new one, with rows and labels for its loss.
import {
  type Activation,
  type Kernels,
  type LoadModelOptions,
  MultiLayerNet,
  type Tensor,
  type WeightInit,
} from "@gradloom/core";
import type { DataOptions } from "../data/data-options.ts";
import { limitRows } from "../data/dataset.ts";
import { loadData } from "../data/load-data.ts";
import type { RowOptions } from "../data/rows/read-rows.ts";
import { labelledRows } from "../evaluate/model-rows.ts";
import { openModel } from "../evaluate/open-model.ts";
import { readyTensor } from "../evaluate/ready-tensor.ts";
import { cardOf } from "../model/card-of.ts";

/** The net under test, in float64, and the rows of its loss. */
export interface Subject {
  readonly net: MultiLayerNet;
  /** In words: its widths and where its weights come from. */
  readonly name: string;
  /** (N, D), float64. */
  readonly x: Tensor;
  readonly labels: Int32Array;
  /** What the rows are called. */
  readonly source: string;
}

/** What decides a new net, and which data it is for. */
export interface FreshNet extends Pick<DataOptions, "label" | "header" | "labels"> {
  readonly data?: string;
  readonly hidden: readonly number[];
  readonly init: WeightInit;
  readonly activation: Activation;
  readonly seed: number;
  readonly kernels?: Kernels;
  /** At most so many of the training rows. */
  readonly rows: number;
}

/** A net with initial weights, as training would begin, and the first training rows. */
export async function freshSubject(fresh: FreshNet): Promise<Subject> {
  const { hidden, init, activation, seed, kernels } = fresh;
  const { label, header, labels } = fresh;
  const { train, name } = await loadData(fresh.data, { label, header, labels });
  const rows = limitRows(train, Math.min(fresh.rows, train.rows));
  const [inputSize, outputSize] = [train.columns, train.classes];
  const net = new MultiLayerNet({
    ...(kernels === undefined ? {} : { kernels }),
    ...{ inputSize, hiddenSizes: hidden, outputSize, activation, weightInit: init, seed, dtype: "float64" },
  });
  return {
    net,
    name: `${[inputSize, ...hidden, outputSize].join("-")}, ${activation}, initial weights of seed ${seed}`,
    // Standardized by loadData already: what is left to do is the scale.
    x: readyTensor(rows, cardOf({ train }), "float64", name),
    labels: Int32Array.from(rows.labels),
    source: `the training rows of ${name}`,
  };
}

/**
 * A saved net, and the first rows it is looked at with.
 *
 * @throws DataError when the rows have no labels: without labels there is no loss.
 */
export async function savedSubject(
  file: string,
  settings: LoadModelOptions,
  options: RowOptions & { readonly data?: string; readonly rows: number },
): Promise<Subject> {
  const model = await openModel(file, settings);
  const { x, labels, source } = await labelledRows(options.data, model, options);
  const count = Math.min(options.rows, labels.length);
  return {
    net: model.net.astype("float64"),
    name: `${model.file} in float64`,
    x: x.hi(count, -1),
    labels: labels.subarray(0, count),
    source,
  };
}
