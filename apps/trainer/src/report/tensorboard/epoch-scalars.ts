// What TensorBoard shows of an epoch: tags and values.
import type { EpochRecord } from "../../training-state.ts";

/** Tags: loss/train, loss/validation or loss/test, accuracy/…, learning_rate and, when timed, samples_per_second. */
export function epochScalars(record: EpochRecord, samplesPerSecond?: number): Record<string, number> {
  const { loss, judgedBy, judgedLoss, judgedAccuracy, learningRate } = record;
  return {
    "loss/train": loss,
    [`loss/${judgedBy}`]: judgedLoss,
    [`accuracy/${judgedBy}`]: judgedAccuracy,
    learning_rate: learningRate,
    ...(samplesPerSecond === undefined ? {} : { samples_per_second: samplesPerSecond }),
  };
}
