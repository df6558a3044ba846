// A TensorBoard event file that grows as a run goes on, also after the run was interrupted.
import { type FileHandle, open, readFile } from "node:fs/promises";
import { type ScalarEvent, scalarEvent, stepOf, versionEvent } from "./event.ts";
import { record, recordsOf } from "./record.ts";

/** TensorBoard reads files whose name contains `tfevents`, and sorts them by name. One file is enough for a run. */
export const EVENT_FILE_NAME = "events.out.tfevents.0000000000.gradloom";

export interface EventFileOptions {
  /** Seconds since 1970; written only when the file is new. */
  readonly wallTime: number;
  /** Keep the events up to this step, and drop what a run that is resumed there will write again. Default: keep none. */
  readonly keepToStep?: number;
}

/** Open until `close`. One writer at a time. */
export interface EventFile {
  /** Adds one event at the end; resolves when the system has its bytes. */
  append(event: ScalarEvent): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file, making it where there is none. A record that a crash has cut off, and all after it, goes.
 * The folder must be there. @throws the file system's error.
 */
export async function openEventFile(
  path: string,
  { wallTime, keepToStep = -1 }: EventFileOptions,
): Promise<EventFile> {
  const kept = keptLength(await bytesOf(path), keepToStep);
  const file = await open(path, kept === 0 ? "w" : "r+");
  let position = kept;
  const write = async (body: Uint8Array): Promise<void> => {
    position = await writeAll(file, record(body), position);
  };
  try {
    if (kept === 0) await write(versionEvent(wallTime));
    else await file.truncate(kept);
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    append: (event) => write(scalarEvent(event)),
    close: () => file.close(),
  };
}

/** Bytes of the records to keep: those up to the first that is damaged or of a later step; 0 without a version event. */
function keptLength(bytes: Uint8Array, keepToStep: number): number {
  let kept = 0;
  for (const { body, end } of recordsOf(bytes)) {
    const step = stepOf(body);
    if (step === undefined ? kept > 0 : kept === 0 || step > keepToStep) break;
    kept = end;
  }
  return kept;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Uint8Array(0);
    throw error;
  }
}

/** A full disk may take fewer bytes than it was given. Returns the position after them. */
async function writeAll(file: FileHandle, bytes: Uint8Array, start: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, start + done);
    done += bytesWritten;
  }
  return start + done;
}
