// Writes down what a run does while it trains: a line an epoch, a checkpoint now and then, the best weights so far.
import { join } from "node:path";
import type { RunIdentity } from "../checkpoint/checkpoint-bytes.ts";
import { saveCheckpoint } from "../checkpoint/checkpoint-folder.ts";
import { type Disk, NODE_DISK } from "../checkpoint/disk.ts";
import { writeDurably } from "../checkpoint/write-durably.ts";
import type { TrainEvent } from "../events.ts";
import type { EpochRecord, TrainingState } from "../training-state.ts";
import { LineFile } from "./line-file.ts";
import { METRICS_FILE, MODEL_FILE, TIMING_FILE } from "./run-files.ts";
import { TensorboardLog } from "./tensorboard-log.ts";

/** How long one epoch took: a line of timing.jsonl. */
export interface EpochTiming {
  readonly epoch: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

export interface RecorderSettings {
  readonly folder: string;
  /** Checkpoints that are kept. */
  readonly keep: number;
  /** Seconds between two checkpoints, at least. */
  readonly checkpointEvery: number;
  readonly stepsPerEpoch: number;
  /** Asked at the first checkpoint: the data's fingerprint takes a moment that training need not wait for. */
  readonly identity: () => Promise<RunIdentity>;
  /** Whether event files for TensorBoard are written too. */
  readonly tensorboard: boolean;
  /** The model file that a state's best weights make. */
  readonly modelOf: (state: TrainingState) => Uint8Array;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly disk?: Disk;
}

/** What an earlier part of the run has left. */
export interface Before {
  readonly history: readonly EpochRecord[];
  readonly timing: readonly EpochTiming[];
}

/** The recorder of one run. Its methods are what `train` wants for hooks. */
export class RunRecorder {
  readonly #settings: RecorderSettings;
  readonly #metrics: LineFile;
  readonly #timing: LineFile;
  readonly #tensorboard: TensorboardLog | undefined;
  /** How long each epoch took, those before a resume too. */
  readonly timings: EpochTiming[];
  readonly #now: () => number;
  /** Epochs that have their line. */
  #written: number;
  #lastSave: number;
  #latest: TrainingState | undefined;
  #unsaved = false;
  /** The newest checkpoint of this run. */
  savedAs: string | undefined;

  private constructor(
    settings: RecorderSettings,
    [metrics, timing]: readonly [LineFile, LineFile],
    tensorboard: TensorboardLog | undefined,
    before: Before,
  ) {
    this.#settings = settings;
    this.#metrics = metrics;
    this.#timing = timing;
    this.#tensorboard = tensorboard;
    this.timings = [...before.timing];
    this.#now = settings.now ?? (() => performance.now());
    this.#written = before.history.length;
    this.#lastSave = this.#now();
  }

  /**
   * Begins to write. Lines of an earlier part of the run that its checkpoint does not know are dropped: those epochs
   * are trained again.
   *
   * @throws CheckpointError when the disk refuses.
   */
  static async start(
    settings: RecorderSettings,
    before: Before = { history: [], timing: [] },
  ): Promise<RunRecorder> {
    const [metrics, timing] = await Promise.all([
      LineFile.start(join(settings.folder, METRICS_FILE), before.history),
      LineFile.start(join(settings.folder, TIMING_FILE), before.timing),
    ]);
    const tensorboard = settings.tensorboard
      ? await TensorboardLog.start(settings.folder, before.history.at(-1)?.epoch)
      : undefined;
    return new RunRecorder(settings, [metrics, timing], tensorboard, before);
  }

  /** Takes down the times of each epoch. */
  onEvent(event: TrainEvent): void {
    if (event.type !== "epoch") return;
    const { epoch, seconds, samplesPerSecond } = event;
    const timing: EpochTiming = { epoch, seconds, samplesPerSecond };
    this.timings.push(timing);
    this.#timing.add(timing);
  }

  /**
   * Takes a state: new epochs get their lines, and a checkpoint is written when it is time for one. A state in the
   * middle of an epoch is that of a run that is being stopped, and is always saved.
   *
   * @throws CheckpointError when the disk refuses.
   */
  async save(state: TrainingState): Promise<void> {
    this.#addLines(state.history);
    this.#latest = state;
    this.#unsaved = true;
    const { checkpointEvery, stepsPerEpoch } = this.#settings;
    const due = this.#now() - this.#lastSave >= checkpointEvery * 1000;
    if (due || state.step % stepsPerEpoch !== 0) await this.#saveNow(state);
    await this.#settled();
  }

  /** Saves what is not saved yet: before a run ends early. */
  async saveLatest(): Promise<void> {
    if (this.#latest !== undefined && this.#unsaved) await this.#saveNow(this.#latest);
  }

  /** Writes the model of a run that has no more to train, once its last state is safe. */
  async writeModel(history: readonly EpochRecord[], model: Uint8Array): Promise<void> {
    this.#addLines(history);
    const { folder, disk = NODE_DISK } = this.#settings;
    if (this.#latest !== undefined && this.#unsaved) await this.#saveCheckpoint(this.#latest, false);
    await writeDurably(join(folder, MODEL_FILE), model, disk);
    await this.#settled();
  }

  /** Says in the last checkpoint that nothing is left to do: the last of all, or a kill before it would be believed. */
  async finish(): Promise<void> {
    await Promise.all([this.#metrics.sync(), this.#timing.sync()]);
    if (this.#latest !== undefined) await this.#saveCheckpoint(this.#latest, true);
  }

  /** Closes the files, however the run ended. */
  async close(): Promise<void> {
    await this.#metrics.close();
    await this.#timing.close();
    await this.#tensorboard?.close();
  }

  async #settled(): Promise<void> {
    await this.#metrics.settled();
    await this.#timing.settled();
    await this.#tensorboard?.settled();
  }

  #addLines(history: readonly EpochRecord[]): void {
    for (const record of history.slice(this.#written)) {
      this.#metrics.add(record);
      const timing = this.timings.find(({ epoch }) => epoch === record.epoch);
      this.#tensorboard?.add(record, timing?.samplesPerSecond);
    }
    this.#written = Math.max(this.#written, history.length);
  }

  async #saveNow(state: TrainingState): Promise<void> {
    const { folder, disk = NODE_DISK, modelOf } = this.#settings;
    await this.#saveCheckpoint(state, false);
    if (state.history.length > 0) await writeDurably(join(folder, MODEL_FILE), modelOf(state), disk);
  }

  async #saveCheckpoint(state: TrainingState, finished: boolean): Promise<void> {
    const { folder, keep, disk = NODE_DISK, identity } = this.#settings;
    this.savedAs = await saveCheckpoint(folder, { state, run: await identity(), finished }, { keep, disk });
    this.#unsaved = false;
    this.#lastSave = this.#now();
  }
}
