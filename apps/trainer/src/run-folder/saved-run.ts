// A run with a folder of its own: written to while it trains, and closed however it ends.
import { join } from "node:path";
import type { RunIdentity } from "../checkpoint/checkpoint-bytes.ts";
import { configHash } from "../config/run-identity.ts";
import type { RunDefaults } from "../config/setting-rules.ts";
import type { Settings } from "../config/settings.ts";
import { runFingerprint } from "../config/shard-fingerprint.ts";
import type { TrainingData } from "../data/dataset.ts";
import { DataError, UsageError } from "../errors.ts";
import type { TrainingOptions } from "../options.ts";
import type { Trained } from "../train.ts";
import type { TrainingState } from "../training-state.ts";
import type { ClaimedRun } from "./claim-run.ts";
import { modelFileOf, netOfState } from "./model-of.ts";
import { readTimings } from "./read-lines.ts";
import { type Versions, writeRunConfig } from "./run-config.ts";
import { CONFIG_FILE } from "./run-files.ts";
import { epochsDone } from "./run-progress.ts";
import { RunRecorder } from "./run-recorder.ts";
import { writeReport } from "./write-report.ts";

/** What a run is, beside its folder. */
export interface RunSubject {
  readonly settings: Settings & RunDefaults;
  /** With the backend that really computes, so that the run goes on with the same one elsewhere. */
  readonly options: TrainingOptions;
  readonly data: TrainingData;
  readonly stepsPerEpoch: number;
  /** Of the data, where this process has only some of their rows. Default: worked out here, when it is needed. */
  readonly fingerprint?: string | undefined;
}

export class SavedRun {
  readonly folder: string;
  readonly recorder: RunRecorder;
  /** Where to go on. */
  readonly resume: TrainingState | undefined;
  /** What to train with: the backend is settled. */
  readonly options: TrainingOptions;
  readonly #data: TrainingData;
  readonly #settings: Settings;

  private constructor(claimed: ClaimedRun, subject: RunSubject, recorder: RunRecorder) {
    this.folder = claimed.folder;
    this.recorder = recorder;
    this.resume = claimed.found?.checkpoint.state;
    this.options = subject.options;
    this.#data = subject.data;
    this.#settings = subject.settings;
  }

  /**
   * Writes what the run is, and gets ready to write what it does.
   *
   * @throws UsageError or DataError when the folder's checkpoint is of another configuration or of other data.
   * @throws CheckpointError when the disk refuses.
   */
  static async start(claimed: ClaimedRun, subject: RunSubject, versions: Versions): Promise<SavedRun> {
    const { settings, options, data, stepsPerEpoch } = subject;
    const { folder, found } = claimed;
    let known: Promise<RunIdentity> | undefined;
    const identity = (): Promise<RunIdentity> => {
      known ??= identityOf(subject);
      return known;
    };
    if (found !== undefined) requireSameRun(found.checkpoint.run, await identity(), folder, data);
    await writeRunConfig(folder, { ...settings, ...options }, versions);
    const state = found?.checkpoint.state;
    const recorder = await RunRecorder.start(
      {
        folder,
        stepsPerEpoch,
        keep: settings.keep,
        checkpointEvery: settings.checkpointEvery,
        tensorboard: settings.tensorboard,
        identity,
        modelOf: (state) =>
          modelFileOf(data, options, {
            net: netOfState(data, options, state),
            epochs: state.epoch,
            history: state.history,
            ...(state.best && { bestEpoch: state.best.epoch }),
          }),
      },
      {
        history: state?.history ?? [],
        timing: state === undefined ? [] : await readTimings(folder, epochsDone(state, stepsPerEpoch)),
      },
    );
    return new SavedRun(claimed, subject, recorder);
  }

  /**
   * Writes the result of a run that has trained.
   *
   * @param signal ends the drawing of the report
   * @throws the signal's reason; CheckpointError when the disk refuses. The run can be gone on with then.
   */
  async finish(trained: Trained, signal: AbortSignal): Promise<void> {
    await this.recorder.writeModel(trained.history, modelFileOf(this.#data, this.options, trained));
    const reported = {
      net: trained.net,
      data: this.#data,
      history: trained.history,
      timings: this.recorder.timings,
      run: trained,
      settings: { ...this.#settings, ...this.options },
    };
    await writeReport(this.folder, reported, { signal });
    if (trained.endedEarly !== "time limit") await this.recorder.finish();
  }

  /** Closes the files. */
  async close(): Promise<void> {
    await this.recorder.close();
  }
}

async function identityOf({ options, data, fingerprint }: RunSubject): Promise<RunIdentity> {
  const { seed } = options;
  return { config: configHash(options), data: fingerprint ?? (await runFingerprint(data, options)), seed };
}

function requireSameRun(saved: RunIdentity, now: RunIdentity, folder: string, data: TrainingData): void {
  if (saved.config !== now.config) {
    throw new UsageError(
      `${join(folder, CONFIG_FILE)}: is not the configuration that the run's checkpoint was made with. Restore it, or begin a new run with --config.`,
    );
  }
  if (saved.data === now.data) return;
  throw new DataError({
    file: data.name,
    expected: `the data that ${folder} was trained on (SHA-256 ${saved.data.slice(0, 16)}…)`,
    found: `other data (${now.data.slice(0, 16)}…)`,
    cure: "Restore the data, or begin a new run.",
  });
}
