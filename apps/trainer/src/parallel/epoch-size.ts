// How long an epoch is: all rows, or as many as the options leave of them.
import type { TrainingOptions } from "../options.ts";
import { rowsAfterSteps, type ShardShare } from "./ranks/share.ts";

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

/** Rows that an epoch has learned from after so many of its steps, over all ranks. */
export function rowsAfter({ rowsPerEpoch, batchSize, share }: RowsOfSteps, steps: number): number {
  return share === undefined ? Math.min(rowsPerEpoch, steps * batchSize) : rowsAfterSteps(share, steps);
}

interface RowsOfSteps extends Pick<EpochSize, "rowsPerEpoch"> {
  readonly batchSize: number;
  readonly share: ShardShare | undefined;
}
