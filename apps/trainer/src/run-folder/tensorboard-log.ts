// The event file for TensorBoard of a run: one group of scalars an epoch, written beside the training.
import { lstat, mkdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { cannotWrite } from "../checkpoint/write-durably.ts";
import { epochScalars } from "../report/tensorboard/epoch-scalars.ts";
import { EVENT_FILE_NAME, type EventFile, openEventFile } from "../report/tensorboard/event-file.ts";
import type { EpochRecord } from "../training-state.ts";
import { TENSORBOARD_FOLDER } from "./run-files.ts";

export class TensorboardLog {
  readonly #path: string;
  readonly #file: EventFile;
  #work: Promise<void> = Promise.resolve();
  #failed: Error | undefined;

  private constructor(path: string, file: EventFile) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens the file in a run's folder.
   *
   * @param keepToStep events of later epochs are dropped: they will come again; undefined drops all
   * @throws CheckpointError when the disk refuses
   */
  static async start(folder: string, keepToStep: number | undefined): Promise<TensorboardLog> {
    const path = join(folder, TENSORBOARD_FOLDER, EVENT_FILE_NAME);
    try {
      await mkdir(join(folder, TENSORBOARD_FOLDER)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
      await requireOwn(join(folder, TENSORBOARD_FOLDER), path);
      const file = await openEventFile(path, {
        wallTime: Date.now() / 1000,
        ...(keepToStep === undefined ? {} : { keepToStep }),
      });
      return new TensorboardLog(path, file);
    } catch (cause) {
      throw cannotWrite(path, 0, cause);
    }
  }

  /** Adds what an epoch came to, soon. */
  add(record: EpochRecord, samplesPerSecond: number | undefined): void {
    const event = {
      wallTime: Date.now() / 1000,
      step: record.epoch,
      scalars: epochScalars(record, samplesPerSecond),
    };
    this.#work = this.#work.then(async () => {
      if (this.#failed !== undefined) return;
      await this.#file.append(event).catch((cause: unknown) => {
        this.#failed = cannotWrite(this.#path, 0, cause);
      });
    });
  }

  /** Waits until everything is written. @throws CheckpointError when something could not be. */
  async settled(): Promise<void> {
    await this.#work;
    if (this.#failed !== undefined) throw this.#failed;
  }

  async close(): Promise<void> {
    await this.#work;
    await this.#file.close().catch(() => {});
  }
}

/** What is written stays in the run's folder: no link leads out of it. */
async function requireOwn(folder: string, path: string): Promise<void> {
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is a link`);
  const file = await lstat(path).catch(() => undefined);
  if (file !== undefined && (!file.isFile() || file.nlink > 1)) await unlink(path);
}
