// Everything that `gradloom train` can be told, by a flag or in a file: what trains, on what, and what is kept of it.
import type { DataOptions } from "../data/data-options.ts";
import type { TrainingOptions } from "../options.ts";

/** Where the data are and how they are read. */
export interface DataSettings extends Omit<DataOptions, "seed"> {
  /** A folder or file; MNIST when left out. */
  readonly data?: string | undefined;
  /** Decides which rows become the test and validation sets. */
  readonly splitSeed?: number | undefined;
}

/** What a run leaves on the disk. */
export interface RunSettings {
  /** The run folder's name; the next free number when left out. */
  readonly name?: string | undefined;
  /** The folder that run folders are made in. */
  readonly out?: string | undefined;
  /** Whether there is a run folder at all. */
  readonly save?: boolean | undefined;
  /** How many checkpoints are kept, at least 2: one of them may be damaged. */
  readonly keep?: number | undefined;
  /** Seconds between two checkpoints, at least; 0 saves every epoch. */
  readonly checkpointEvery?: number | undefined;
  /** Whether event files for TensorBoard are written too. */
  readonly tensorboard?: boolean | undefined;
}

/** All of it, by the names that a configuration file uses. What is left out or undefined has its default. */
export interface Settings extends Partial<TrainingOptions>, DataSettings, RunSettings {}

export type SettingName = keyof Settings;
