// The checkpoints of one folder: which is the newest that can be read, and which are kept.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointError } from "../errors.ts";
import { type Checkpoint, checkpointBytes, readCheckpoint } from "./checkpoint-bytes.ts";
import { type Disk, NODE_DISK } from "./disk.ts";
import { isTemporary, writeDurably } from "./write-durably.ts";

/** `checkpoint-<epoch>-<step>.safetensors`, with so many digits that the names sort as the run went. */
const NAME = /^checkpoint-\d{7}-\d{10}\.safetensors$/;

/** The newest checkpoint that can be read, and the newer ones that cannot. */
export interface Found {
  readonly checkpoint: Checkpoint;
  readonly path: string;
  /** Why each newer one was passed over, newest first; each error names its file. */
  readonly damaged: readonly CheckpointError[];
}

/** What a checkpoint's file is called. */
export function checkpointName({ epoch, step }: Checkpoint["state"]): string {
  return `checkpoint-${String(epoch).padStart(7, "0")}-${String(step).padStart(10, "0")}.safetensors`;
}

/**
 * The newest checkpoint that is whole, found by reading them: no pointer can point at nothing. `undefined` when there
 * is none at all.
 *
 * @throws CheckpointError when there are some and none can be read, or the folder cannot.
 */
export async function findNewest(folder: string): Promise<Found | undefined> {
  const damaged: CheckpointError[] = [];
  for (const name of (await checkpointNames(folder)).reverse()) {
    const path = join(folder, name);
    try {
      return { checkpoint: readCheckpoint(await bytesOf(path), path), path, damaged };
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      damaged.push(error);
    }
  }
  const [newest] = damaged;
  if (newest === undefined) return undefined;
  throw new CheckpointError(
    folder,
    `none of its ${damaged.length} checkpoints can be read. The newest: ${newest.message}`,
    { cause: newest },
  );
}

/**
 * Writes a checkpoint, and only once it is safe removes all but the `keep` newest.
 *
 * @returns its path.
 * @throws CheckpointError when it cannot be written; those of before are untouched then.
 */
export async function saveCheckpoint(
  folder: string,
  checkpoint: Checkpoint,
  { keep, disk = NODE_DISK }: { readonly keep: number; readonly disk?: Disk },
): Promise<string> {
  const name = checkpointName(checkpoint.state);
  const path = join(folder, name);
  await writeDurably(path, checkpointBytes(checkpoint), disk);
  // Newer ones were found damaged, or the run would have gone on from there. What is old may stay where it cannot be seen.
  const names = await checkpointNames(folder).catch(() => [name]);
  const at = names.indexOf(name);
  const outdated = names.filter((_, i) => i > at || i <= at - keep);
  await Promise.all(outdated.map((old) => removeIfThere(join(folder, old), disk)));
  return path;
}

/** Removes what writes left in a folder when their process was killed. @throws CheckpointError when it cannot be read. */
export async function removeTemporaries(folder: string, disk: Disk = NODE_DISK): Promise<void> {
  const names = (await namesIn(folder)).filter(isTemporary);
  await Promise.all(names.map((name) => removeIfThere(join(folder, name), disk)));
}

/** Oldest first. */
async function checkpointNames(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => NAME.test(name)).sort();
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((cause: unknown) => cannotRead(folder, cause));
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: unknown) => cannotRead(path, cause));
}

function cannotRead(path: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new CheckpointError(path, `cannot be read: ${reason}`, { cause });
}

/** An old file that stays is no reason to end a run. */
async function removeIfThere(path: string, disk: Disk): Promise<void> {
  await disk.unlink(path).catch(() => {});
}
