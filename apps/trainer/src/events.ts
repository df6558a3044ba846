// What a training run tells while it runs, and what it gives back: the trainer's only way to speak to a screen.
import type { Dtype } from "./options.ts";
import type { EarlyEnd } from "./parallel/conductor.ts";
import type { StepProfile } from "./parallel/step-profile.ts";
import type { EpochRecord } from "./training-state.ts";

/** The run is about to begin: data are checked, workers are up. */
export interface StartEvent {
  readonly type: "start";
  readonly workers: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Rows trained on, after `limit`. */
  readonly rows: number;
  /** Rows that judge every epoch, where there is a validation set. */
  readonly validationRows?: number;
  readonly testRows: number;
  readonly batchSize: number;
  /** Numbers the network learns: every entry of every W and b. */
  readonly parameters: number;
  /** Width of every layer, the input's first: `[784, 50, 10]`. */
  readonly layers: readonly number[];
  readonly backend: string;
  readonly seed: number;
  readonly dtype: Dtype;
  /** The share of the training inputs that is not 0, 0 to 1. */
  readonly density: number;
  /** Whether the first layer skips the zeros of its input. */
  readonly sparse: boolean;
  /** Among several ranks: parts that gradients are exchanged in, each while the next is computed; 1 where they take turns. */
  readonly buckets?: number;
}

/** Some steps were done. Comes as often as the run looks, not once a step. */
export interface ProgressEvent {
  readonly type: "progress";
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Mean loss of this epoch's steps so far. */
  readonly loss: number;
  readonly samplesPerSecond: number;
  /** Estimate for the rest of the whole run. */
  readonly secondsLeft: number;
}

/** An epoch is over. */
export interface EpochEvent {
  readonly type: "epoch";
  /** The epoch that ended, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean loss of the epoch's steps. */
  readonly loss: number;
  readonly samplesPerSecond: number;
  /** What this epoch took. */
  readonly seconds: number;
  /** What the net is worth after it, when it was judged. */
  readonly record?: EpochRecord;
}

/** A worker was lost: all workers are replaced and the epoch starts again from its first step. */
export interface RestartEvent {
  readonly type: "restart";
  /** The epoch that starts again; undefined when accuracies were being counted. */
  readonly epoch: number | undefined;
  /** Which restart of the run this is, from 1. */
  readonly count: number;
  /** After this many the next loss ends the run. */
  readonly maxRestarts: number;
  /** What happened to the worker. */
  readonly reason: string;
}

/** The run is over. */
export interface DoneEvent {
  readonly type: "done";
  readonly result: TrainResult;
}

/** What a run tells while it goes on, in order. */
export type TrainEvent = StartEvent | ProgressEvent | EpochEvent | RestartEvent | DoneEvent;

/** What a finished run is judged by. */
export interface TrainResult {
  /** Share of the training rows classified right, 0 to 1. */
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Mean loss of the finished net over all training rows, and over all test rows. */
  readonly trainLoss: number;
  readonly testLoss: number;
  /** On the validation rows, where there are some. */
  readonly validationAccuracy?: number;
  readonly validationLoss?: number;
  /** Where there are validation rows: the epoch with the lowest loss on them, whose weights are the result. */
  readonly bestEpoch?: number;
  /** confusion[label][predicted]: how many test rows of one class were taken for another. */
  readonly confusion: readonly (readonly number[])[];
  /** Mean loss of the last epoch's steps. */
  readonly loss: number;
  /** Time spent in steps; judging and saving come on top. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** Of the bytes of all parameters, in hexadecimal: equal for any number of workers. */
  readonly sha256: string;
  readonly backend: string;
  readonly workers: number;
  /** The share of the training inputs that is not 0, 0 to 1. */
  readonly density: number;
  /** Whether the first layer has skipped the zeros of its input. */
  readonly sparse: boolean;
  readonly seed: number;
  /** The last epoch that was trained, whole or in part. */
  readonly epochs: number;
  /** Why the run ended before the epochs that were asked for; the other ends are an error. */
  readonly endedEarly?: EarlyEnd;
  /** Steps done in all epochs, also those before the run was resumed. */
  readonly steps: number;
  /** Microseconds a step spends in each phase, when the run was profiled. */
  readonly profile?: StepProfile;
}
