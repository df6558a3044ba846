// Works out what a report shows from a finished run: predictions, mistakes, pictures and histograms.
import type { MultiLayerNet } from "@gradloom/core";
import { limitRows, type TrainingData } from "../../data/dataset.ts";
import { classFigures, confusionOf } from "../../evaluate/class-figures.ts";
import type { TrainResult } from "../../events.ts";
import type { EpochRecord } from "../../training-state.ts";
import { distributionsOf } from "./collect/distributions.ts";
import { configurationFacts, dataFacts } from "./collect/facts.ts";
import { firstLayer } from "./collect/first-layer.ts";
import { imageSize } from "./collect/image-size.ts";
import { type Predictions, predictRows } from "./collect/predictions.ts";
import { worstMistakes } from "./collect/worst-mistakes.ts";
import type { EpochTiming, Facts, Report } from "./report.ts";

/** What a report needs to know of the run; a `TrainResult` has it all. */
export interface RunFigures
  extends Pick<
    TrainResult,
    "seconds" | "samplesPerSecond" | "workers" | "backend" | "sha256" | "epochs" | "bestEpoch"
  > {
  /** Share of the training rows classified right, where it was counted. */
  readonly trainAccuracy?: number;
  /** Mean loss over the training rows, where it was counted. */
  readonly trainLoss?: number;
  /** Why the run ended before the epochs that were asked for, such as "time limit". */
  readonly endedEarly?: string;
}

/** A finished run. */
export interface ReportInput {
  /** The net as it came out of the run. */
  readonly net: MultiLayerNet;
  /** What it was trained on and is judged by. */
  readonly data: TrainingData;
  /** One record for each epoch that was judged, in order; may be empty. */
  readonly history: readonly EpochRecord[];
  /** One for each epoch that was timed; may be empty. */
  readonly timings: readonly EpochTiming[];
  readonly run: RunFigures;
  /** Training rows that were used, the first ones; all of them by default. */
  readonly limit?: number | undefined;
  /** Every option and its value, shown in this order. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the run ran on: `machineFacts()`. */
  readonly machine: Facts;
}

/**
 * Predicts every test row and takes one gradient, on this thread. The same input gives the same report.
 * Accuracy, loss and confusion of the test rows are worked out here, from the net and the data.
 *
 * @param predictions of all test rows, from whoever did not want to wait for them in one go
 */
export function collectReport(
  input: ReportInput,
  predictions: Predictions = predictRows(input.net, input.data.test),
): Report {
  const { net, history, timings, run, limit, config, machine } = input;
  const data =
    limit === undefined ? input.data : { ...input.data, train: limitRows(input.data.train, limit) };
  const { train, validation, test, name, description = {} } = data;
  const confusion = confusionOf(test.labels, predictions.predicted, test.classes);
  const mistakes = worstMistakes(test, predictions, description);
  const size = imageSize(test, description);
  const windows = Object.values(net.layout.entries);
  const W1 = net.layers.Affine1.W;
  return {
    title: titleOf(name),
    figures: {
      testAccuracy: (test.rows - mistakes.total) / test.rows,
      testLoss: predictions.loss,
      testRows: test.rows,
      trainRows: train.rows,
      validationRows: validation?.rows,
      trainAccuracy: run.trainAccuracy,
      trainLoss: run.trainLoss,
      // A run that was resumed counts its own seconds only; the epochs' times are those of all its parts.
      seconds: Math.max(
        run.seconds,
        timings.reduce((sum, { seconds }) => sum + seconds, 0),
      ),
      samplesPerSecond: run.samplesPerSecond,
      workers: run.workers,
      backend: run.backend,
      sha256: run.sha256,
      epochs: run.epochs,
      endedEarly: run.endedEarly,
      bestEpoch: run.bestEpoch,
      layers: [test.columns, ...windows.filter(({ shape }) => shape.length === 1).map(({ size }) => size)],
      parameters: windows.reduce((sum, { size }) => sum + size, 0),
    },
    history,
    timings,
    classNames: Array.from({ length: test.classes }, (_, k) => description.classNames?.[k] ?? String(k)),
    confusion,
    perClass: classFigures(confusion, test.classes),
    mistakes,
    firstLayer: size === undefined ? undefined : firstLayer(W1, size),
    distributions: distributionsOf(net, train),
    data: dataFacts(data),
    configuration: configurationFacts(config),
    machine,
  };
}

/** A data set called by its path is called by the last part of it; its facts have the whole. */
function titleOf(name: string): string {
  return name.split(/[\\/]/).findLast((part) => part.trim() !== "") ?? name;
}
