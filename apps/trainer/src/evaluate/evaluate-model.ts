// Judges a model on labelled rows: loss, accuracy, who is taken for whom, and the figures of each class.
import { argmax, type Tensor } from "@gradloom/core";
import ndarray from "ndarray";
import type { Model } from "../model/model-file.ts";
import { type ClassFigures, classFigures, confusionOf } from "./class-figures.ts";

/** One class with its name. */
export interface NamedClassFigures extends ClassFigures {
  readonly name: string;
}

/** How well a model does on some rows. */
export interface Evaluation {
  readonly rows: number;
  /** Mean over the rows. */
  readonly loss: number;
  /** Share of the rows classified right. */
  readonly accuracy: number;
  /** In the order of the model's classes. */
  readonly classes: readonly NamedClassFigures[];
  /** The plain mean over the classes, each counting alike; classes whose figure is 0/0 are left out. */
  readonly macro: Pick<ClassFigures, "precision" | "recall" | "f1">;
  /** confusion[label][predicted]: rows. */
  readonly confusion: readonly (readonly number[])[];
}

/** Rows at a time: what the net computes on the way need not be held for all of them. */
const CHUNK = 1000;

/** `x` is (N, D), ready for the net; `labels` are N of its class numbers: what `readRows` gives. */
export function evaluateModel(
  { net, card }: Model,
  { x, labels }: { readonly x: Tensor; readonly labels: Int32Array },
): Evaluation {
  const rows = labels.length;
  const predicted = new Int32Array(rows);
  let lossSum = 0;
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from);
    const scores = net.predict(x.lo(from, 0).hi(count, -1));
    const t = ndarray(labels.subarray(from, from + count));
    lossSum += net.lastLayer.forward(scores, t) * count;
    predicted.set(argmax(scores).data, from);
  }
  const { classNames } = card;
  const cells = confusionOf(labels, predicted, classNames.length);
  const confusion = classNames.map(() => classNames.map(() => 0));
  for (const cell of cells) {
    const row = confusion[cell.label];
    if (row !== undefined) row[cell.predicted] = cell.rows;
  }
  const figures = classFigures(cells, classNames.length);
  return {
    rows,
    loss: lossSum / rows,
    accuracy: predicted.filter((one, i) => one === labels[i]).length / rows,
    classes: figures.map((one, k) => ({ name: classNames[k] ?? String(k), ...one })),
    macro: {
      precision: mean(figures.map(({ precision }) => precision)),
      recall: mean(figures.map(({ recall }) => recall)),
      f1: mean(figures.map(({ f1 }) => f1)),
    },
    confusion,
  };
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
