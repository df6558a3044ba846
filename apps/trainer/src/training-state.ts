// Where a run stands: everything it needs to go on as if it had never stopped.
import type { PlateauState } from "@gradloom/core";

/** The flat vector of all parameters (W1 b1 W2 b2 …), or what an optimizer keeps for each of them. */
export type FlatVector = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** One epoch in numbers that depend on data, options and seed alone: no clock. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean loss of the epoch's steps. */
  readonly loss: number;
  /** Of the epoch's last step. */
  readonly learningRate: number;
  /** Which rows the next two were measured on, after the epoch. */
  readonly judgedBy: "validation" | "test";
  readonly judgedLoss: number;
  /** Share of the rows classified right, 0 to 1. */
  readonly judgedAccuracy: number;
}

/** The best epoch so far, by validation loss. */
export interface BestEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly parameters: FlatVector;
}

/** A run between two steps. Plain data; the arrays are copies that nobody else writes to. */
export interface TrainingState {
  /** The epoch under way, from 1. */
  readonly epoch: number;
  /** Steps done in it; all of them when the epoch is over. */
  readonly step: number;
  /** Σ of the sample losses of those steps. */
  readonly lossSum: number;
  readonly parameters: FlatVector;
  /** By the optimizer's own names, such as m and v. */
  readonly optimizer: Readonly<Record<string, FlatVector>>;
  /** Of a learning rate that is reduced on a plateau. */
  readonly plateau?: PlateauState;
  /** Only where there is a validation set. */
  readonly best?: BestEpoch;
  /** The run's option `pieces`, where its products are cut by it: a run that goes on has the same bits with these alone. */
  readonly pieces?: number;
  /** Whether the first layer skips the zeros of its input, where that decides bits: on a native BLAS. */
  readonly sparse?: "on" | "off";
  /** The epochs that are over. */
  readonly history: readonly EpochRecord[];
}
