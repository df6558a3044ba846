// Small runs that reports are made of: nets of known weights on invented data, so that no test has to train.
import { MultiLayerNet, random } from "@gradloom/core";
import type { DataDescription, Dataset, TrainingData } from "../../src/data/dataset.ts";
import type { ReportInput } from "../../src/report/html/collect.ts";
import type { EpochTiming } from "../../src/report/html/report.ts";
import type { EpochRecord } from "../../src/training-state.ts";

/** Rows in turn of each class, with bytes or floats that no model could tell apart. */
export function invented(rows: number, columns: number, classes: number, kind: "bytes" | "floats"): Dataset {
  const { uniform } = random({ seed: 5, stream: `data/${rows}/${columns}` });
  const size = rows * columns;
  const images =
    kind === "bytes"
      ? Uint8Array.from({ length: size }, (_, i) => Math.floor(256 * uniform(i)))
      : Float64Array.from({ length: size }, (_, i) => uniform(i) - 0.5);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  return { images, rows, columns, labels, classes, scale: kind === "bytes" ? 1 / 255 : 1 };
}

export function history(epochs: number, judgedBy: "validation" | "test" = "test"): EpochRecord[] {
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    loss: 1 / (i + 1),
    learningRate: 0.1,
    judgedBy,
    judgedLoss: 1.2 / (i + 1),
    judgedAccuracy: 1 - 0.5 / (i + 1),
  }));
}

export function timings(epochs: number): EpochTiming[] {
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    seconds: 0.5,
    samplesPerSecond: 100_000 + 1000 * i,
  }));
}

export interface SampleOptions {
  readonly kind?: "bytes" | "floats";
  readonly rows?: number;
  readonly columns?: number;
  readonly classes?: number;
  readonly hidden?: readonly number[];
  readonly epochs?: number;
  readonly name?: string;
  readonly description?: DataDescription;
}

/** A run that a report can be collected from. */
export function sampleRun({
  kind = "bytes",
  rows = 60,
  columns = 16,
  classes = 3,
  hidden = [5],
  epochs = 4,
  name = "invented",
  description,
}: SampleOptions = {}): ReportInput {
  const data: TrainingData = {
    name,
    train: invented(rows, columns, classes, kind),
    test: invented(rows, columns, classes, kind),
    ...(description && { description }),
  };
  return {
    data,
    net: new MultiLayerNet({
      inputSize: columns,
      hiddenSizes: hidden,
      outputSize: classes,
      weightInit: "he",
      seed: 1,
    }),
    history: history(epochs),
    timings: timings(epochs),
    run: {
      seconds: 1.5,
      samplesPerSecond: 123_456,
      workers: 2,
      backend: "wasm",
      sha256: "0123456789abcdef".repeat(4),
      epochs,
      trainAccuracy: 0.9,
    },
    config: { hidden, learningRate: 0.1, limit: undefined, init: "he" },
    machine: [["Node", "v24.0.0"]],
  };
}

/** 4 × 4 pictures in three classes. */
export const PICTURES: SampleOptions = {
  name: "pictures",
  description: { imageShape: [4, 4], classNames: ["cat", "dog", "bird"] },
};

/** A table of three columns that was standardized. */
export const TABLE: SampleOptions = {
  name: "table.csv",
  kind: "floats",
  columns: 3,
  description: {
    classNames: ["setosa", "versicolor", "virginica"],
    columnNames: ["length (cm)", "width (cm)", "mass (g)"],
    standardization: { mean: [10, 20, 30], std: [2, 4, 8] },
  },
};
