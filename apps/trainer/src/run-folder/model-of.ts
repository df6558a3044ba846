// The model that a run would leave if it ended now, or has left: weights, what they mean, and short facts about the run.
import { basename } from "node:path";
import { MultiLayerNet } from "@gradloom/core";
import ndarray from "ndarray";
import type { TrainingData } from "../data/dataset.ts";
import { cardOf } from "../model/card-of.ts";
import { modelBytes } from "../model/model-file.ts";
import type { TrainingOptions } from "../options.ts";
import type { EpochRecord, TrainingState } from "../training-state.ts";

/** What is known of a net beside its weights. No clock and no number of workers: the same run has the same model. */
export interface Judged {
  readonly net: MultiLayerNet;
  /** The last epoch that was trained. */
  readonly epochs: number;
  readonly history: readonly EpochRecord[];
  readonly bestEpoch?: number;
  readonly testAccuracy?: number;
  readonly sha256?: string;
}

/** The model file's bytes. */
export function modelFileOf(
  data: TrainingData,
  { seed, optimizer }: TrainingOptions,
  { net, epochs, history, bestEpoch, testAccuracy, sha256 }: Judged,
): Uint8Array {
  const judged = history.find(({ epoch }) => epoch === bestEpoch) ?? history.at(-1);
  const facts: Record<string, string> = {
    // Without the folders above: where somebody keeps their data is nobody else's business.
    data: basename(data.name),
    seed: String(seed),
    optimizer,
    epochs: String(epochs),
    ...(bestEpoch === undefined ? {} : { best_epoch: String(bestEpoch) }),
    ...(judged === undefined ? {} : { [`${judged.judgedBy}_loss`]: String(judged.judgedLoss) }),
    ...(judged === undefined ? {} : { [`${judged.judgedBy}_accuracy`]: String(judged.judgedAccuracy) }),
    ...(testAccuracy === undefined ? {} : { test_accuracy: String(testAccuracy) }),
    ...(sha256 === undefined ? {} : { weights_sha256: sha256 }),
  };
  return modelBytes(net, cardOf(data, facts));
}

/** The net that a state holds: its best weights, where a validation set chose some, else the last. */
export function netOfState(
  data: TrainingData,
  { hidden, activation, dtype }: TrainingOptions,
  { best, parameters }: TrainingState,
): MultiLayerNet {
  return new MultiLayerNet({
    inputSize: data.train.columns,
    hiddenSizes: [hidden].flat(),
    outputSize: data.train.classes,
    activation,
    dtype,
    parameters: ndarray((best?.parameters ?? parameters).slice()),
  });
}
