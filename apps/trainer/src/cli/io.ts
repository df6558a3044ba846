// What the command line touches of the outside world, so that a test can hold all of it.
import type { EventEmitter } from "node:events";
import type { TrainingData } from "../data/dataset.ts";
import type { TrainingOptions } from "../options.ts";
import type { Environment, Terminal } from "../report/terminal.ts";
import type { Trained, TrainHooks } from "../train.ts";

export type TrainFunction = (
  data: TrainingData,
  options?: Partial<TrainingOptions>,
  hooks?: TrainHooks,
) => Promise<Trained>;

/** Where signals arrive and how to leave at once: `process`, or a test's stand-in. */
export interface Signals extends Pick<EventEmitter, "on" | "off"> {
  exit(code: number): void;
}

export interface CliIo {
  /** Results. */
  readonly stdout: Terminal;
  /** Progress and errors. */
  readonly stderr: Terminal;
  readonly env: Environment;
  /** The folder that the process runs in. */
  readonly cwd: string;
  readonly signals: Signals;
  /** The trainer, loaded on first use: `--help` need not wait for threads and kernels. */
  readonly loadTrain: () => Promise<TrainFunction>;
}
