// Takes possession of a run's folder, new or old: nobody else writes there until the lock is released.
import { lstat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Found, findNewest, removeTemporaries } from "../checkpoint/checkpoint-folder.ts";
import { UsageError } from "../errors.ts";
import { createRunFolder } from "./create-run-folder.ts";
import { type Lock, lockFolder } from "./lock.ts";

/** A folder that is this run's until the lock is released. */
export interface ClaimedRun {
  readonly folder: string;
  readonly lock: Lock;
  /** The checkpoint to go on from. */
  readonly found?: Found;
}

/** Tells the user something that is not an error. */
export type Notice = (text: string) => void;

/**
 * A new folder.
 *
 * @throws UsageError for a name that is none or is taken; CheckpointError when the disk refuses.
 */
export async function claimNew(out: string, name: string | undefined, notice: Notice): Promise<ClaimedRun> {
  const folder = await createRunFolder(out, name);
  const lock = await lockFolder(folder, notice);
  return await holding(lock, async () => {
    // A run that was killed before it wrote anything may have left these.
    await removeTemporaries(folder);
    return { folder, lock };
  });
}

/**
 * A folder that an earlier run has left, with its newest checkpoint that is whole. Damaged ones are told to `notice`.
 *
 * @throws UsageError when it is no folder, or another run is at work there.
 * @throws CheckpointError when there are checkpoints and none can be read, or the disk refuses.
 */
export async function claimAgain(folder: string, notice: Notice): Promise<ClaimedRun> {
  // Not the link's target: what is written into a run's folder stays in it.
  const there = await lstat(resolve(folder)).catch(() => undefined);
  if (there?.isDirectory() !== true) {
    throw new UsageError(`--resume ${folder}: expected the folder of a run, found ${kindOf(there)}.`);
  }
  const lock = await lockFolder(folder, notice);
  return await holding(lock, async () => {
    await removeTemporaries(folder);
    const found = await findNewest(folder);
    for (const { message } of found?.damaged ?? []) notice(`${message}; it is left out`);
    if (found === undefined) notice(`${folder} has no checkpoint yet: the run starts from its beginning`);
    return { folder, lock, ...(found === undefined ? {} : { found }) };
  });
}

/** Releases the lock when there is an error. */
async function holding<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function kindOf(there: { isSymbolicLink(): boolean } | undefined): string {
  if (there === undefined) return "nothing";
  return there.isSymbolicLink() ? "a symbolic link: give the folder itself" : "a file";
}
