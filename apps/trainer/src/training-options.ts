// The types of the training options: everything that decides a run.
import type { WeightInit } from "@gradloom/core";

/** What the net computes in. */
export type Dtype = "float32" | "float64";
/** The kernels to compute with. */
export type BackendChoice = "auto" | "wasm" | "wasm-relaxed" | "reference" | "blas";
/** What comes after each hidden layer. */
export type Activation = "relu" | "sigmoid";
/** The optimizers, by their names on the command line. */
export type OptimizerName = "sgd" | "momentum" | "nesterov" | "adagrad" | "rmsprop" | "adam" | "adamw";
/** How the learning rate changes over a run. */
export type ScheduleName = "constant" | "step" | "cosine" | "plateau";
/** Whether the zeros of the inputs are skipped. */
export type SparseChoice = "auto" | "on" | "off";
/** Whether gradients are exchanged while others are still being computed, or in how many parts. */
export type OverlapChoice = "auto" | "on" | "off" | 2 | 4 | 8;

/** Everything that decides a run. What may be undefined is off, or has the value its comment names. */
export interface TrainingOptions {
  /**
   * Threads that share every step, 1 to 256. More than the machine's cores is allowed, and slower; more than have something
   * to do are not started: 1 for a batch of one row, with `blas` as many as there are `pieces`.
   */
  readonly workers: number;
  /** Passes over the training rows, at least 1. */
  readonly epochs: number;
  /** Rows per step over all workers, at least 1 and at most the rows trained on. */
  readonly batchSize: number;
  /** How parameters follow their gradients: core's optimizers with their own settings. */
  readonly optimizer: OptimizerName;
  /** A finite number above 0. By default 0.1 with sgd, and what is usual for any other optimizer. */
  readonly learningRate: number;
  /** Widths of the hidden layers from the input on, 1 to 65,536 each, at most 64 of them; a number is a list of one. */
  readonly hidden: number | readonly number[];
  /** A whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Train on the first `limit` rows only; all rows when undefined. */
  readonly limit?: number | undefined;
  readonly dtype: Dtype;
  /**
   * Who computes. `auto` is the fastest that this machine runs by itself; `wasm` gives the same bits on every machine;
   * `blas` calls the machine's own BLAS, whose bits depend on the library and the processor, and on no number of workers.
   */
  readonly backend: BackendChoice;
  readonly activation: Activation;
  /** Standard deviation of the initial weights, a finite number above 0, or the rule that sets it for each layer. */
  readonly init: WeightInit;
  /** λ, 0 or more, of every W and b, as core's optimizers define it. Undefined: the optimizer's own. */
  readonly weightDecay?: number | undefined;
  /** α of the optimizers momentum and nesterov, 0 ≤ α < 1; refused with any other. Undefined: 0.9. */
  readonly momentum?: number | undefined;
  /** The norm over the whole gradient is clipped to this, a finite number above 0. */
  readonly clipNorm?: number | undefined;
  /**
   * `step`: ·stepFactor after every stepEvery epochs. `cosine`: half a cosine from learningRate to 0 over all epochs.
   * `plateau`: ·stepFactor when the validation loss has not been better for stepEvery epochs; needs validation rows.
   */
  readonly schedule: ScheduleName;
  /** Epochs, at least 1; only with the schedules step and plateau. Undefined: 10. */
  readonly stepEvery?: number | undefined;
  /** 0 < factor < 1; only with the schedules step and plateau. Undefined: 0.1. */
  readonly stepFactor?: number | undefined;
  /** The learning rate rises evenly over so many steps, whatever its schedule. */
  readonly warmUp?: number | undefined;
  /** The run ends after so many epochs without a lower validation loss; needs validation rows. */
  readonly patience?: number | undefined;
  /**
   * The net is judged after every so many epochs and after the last one. Undefined: after every epoch where there are
   * validation rows or a `save` hook, else never.
   */
  readonly evaluateEvery?: number | undefined;
  /** The run ends in good order at the end of the step under way after so many seconds of training. */
  readonly timeLimit?: number | undefined;
  /** Steps of an epoch, at most. */
  readonly limitBatches?: number | undefined;
  /** Every step of every epoch has the rows of the very first one: a net that learns nothing from them has a fault. */
  readonly overfitOneBatch?: boolean | undefined;
  /**
   * Skips the zeros of the inputs in the first layer; `auto` where that pays. No bit of the result changes, but with `blas`,
   * which then leaves the zeros there, or most of them, to our own kernels: a run keeps what `auto` came to when it began.
   */
  readonly sparse: SparseChoice;
  /**
   * Parts that the rows and every gradient's sum are cut into, a power of two: then the weights are the same for any number
   * of ranks (processes under MPI) that divides it. Undefined: 1, and 8 in a run that a launcher has started. Another
   * number is another order of rows and sums, so another net of the same worth.
   */
  readonly shards?: number | undefined;
  /**
   * With several ranks under MPI, and without meaning for one process: exchanges gradients in parts, each while the next ones
   * are computed. In so many as it says, in which `gradloom plan` says what pays on a network of one's own; `auto` where that
   * pays by its model for 10 Gbit/s between usual machines, `on` also where it pays little. The first rank decides. No bit of
   * the result changes.
   */
  readonly overlap: OverlapChoice;
  /**
   * Parts that a minibatch's rows and the parameters are cut into for `blas`, whose bits depend on the size of a product: 1
   * to 256, fewer where the parts would be small. As many workers or fewer have something to do and give the same weights.
   * Undefined: as many as the machine that begins the run has cores, and at least 2. Refused with any other backend, whose
   * bits no cut changes.
   */
  readonly pieces?: number | undefined;
  /** Seconds that an exchange with the other ranks may take before this one gives up. Undefined: 60. */
  readonly peerTimeout?: number | undefined;
  /** How often lost workers are replaced before the run gives up, 0 to 1000. */
  readonly restarts: number;
}
