// How long an epoch is: all rows, or as many as the options leave of them.
import type { TrainingOptions } from "../options.ts";

export interface EpochSize {
  /** In minibatches of `batchSize`; the last one may be shorter. */
  readonly rowsPerEpoch: number;
  readonly stepsPerEpoch: number;
}

export function epochSize(
  rows: number,
  {
    batchSize,
    limitBatches,
    overfitOneBatch,
  }: Pick<TrainingOptions, "batchSize" | "limitBatches" | "overfitOneBatch">,
): EpochSize {
  // One minibatch over and over is always a whole one.
  const most = overfitOneBatch === true ? Math.floor(rows / batchSize) : Math.ceil(rows / batchSize);
  const stepsPerEpoch = Math.min(most, limitBatches ?? most);
  return { stepsPerEpoch, rowsPerEpoch: Math.min(rows, stepsPerEpoch * batchSize) };
}
