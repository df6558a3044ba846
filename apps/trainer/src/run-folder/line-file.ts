// A file of JSON Lines that grows while a run goes on: always whole lines, in the order they were given.
import { constants } from "node:fs";
import { lstat, open } from "node:fs/promises";
import type { OpenFile } from "../checkpoint/disk.ts";
import { cannotWrite, writeAll, writeDurably } from "../checkpoint/write-durably.ts";

// A link in the file's place is refused: nothing is written outside of the run's folder.
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** Opens a file for appending. */
export type OpenForAppending = (path: string) => Promise<OpenFile>;

const openForAppending: OpenForAppending = (path) => open(path, FLAGS, 0o666);

/** Lines go to the file one after the other, beside the training; what failed is thrown by `settled`. */
export class LineFile {
  readonly #path: string;
  readonly #file: OpenFile;
  #work: Promise<void> = Promise.resolve();
  #failed: Error | undefined;

  private constructor(path: string, file: OpenFile) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Replaces what was in the file by `values`, one line each, and stays open for more.
   *
   * @throws CheckpointError when the disk refuses.
   */
  static async start(
    path: string,
    values: readonly unknown[],
    openFile: OpenForAppending = openForAppending,
  ): Promise<LineFile> {
    // A new file needs no care: until its first checkpoint a run has nothing to lose.
    if (values.length > 0 || (await isThere(path))) {
      await writeDurably(path, Buffer.from(values.map(lineOf).join("")));
    }
    try {
      return new LineFile(path, await openFile(path));
    } catch (cause) {
      throw cannotWrite(path, 0, cause);
    }
  }

  /** Adds a line, soon. */
  add(value: unknown): void {
    const bytes = Buffer.from(lineOf(value));
    this.#work = this.#work.then(async () => {
      // After half a line another one would be nonsense.
      if (this.#failed !== undefined) return;
      try {
        await writeAll(this.#file, bytes);
      } catch (cause) {
        this.#failed = cannotWrite(this.#path, bytes.length, cause);
      }
    });
  }

  /** Waits until every line is written. @throws CheckpointError when one could not be. */
  async settled(): Promise<void> {
    await this.#work;
    if (this.#failed !== undefined) throw this.#failed;
  }

  /** Waits until every line is on the disk. @throws CheckpointError when one cannot be. */
  async sync(): Promise<void> {
    await this.settled();
    try {
      await this.#file.sync();
    } catch (cause) {
      throw cannotWrite(this.#path, 0, cause);
    }
  }

  /** Puts everything through to the disk and closes the file; `settled` tells whether it went well. */
  async close(): Promise<void> {
    await this.#work;
    try {
      await this.#file.sync();
      await this.#file.close();
    } catch (cause) {
      this.#failed ??= cannotWrite(this.#path, 0, cause);
    }
  }
}

/** Also when it is a link to nowhere. */
async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
