// One run at a time in a folder: a file that says which process is at work there.
import { readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointError, UsageError } from "../errors.ts";
import { fateOf, type ProcessIdentity, thisProcess } from "./process-identity.ts";

/** A folder that is this run's. */
export interface Lock {
  /** Lets others in. Never fails: a lock that stays is taken over, because its process is gone. */
  release(): Promise<void>;
}

const LOCK = "lock";
/** Between its creation and its content a lock is empty for a moment; after this long it is not going to be filled. */
const PATIENCE_MS = 500;
const LOOK_MS = 50;

/**
 * Locks a folder. A lock whose process is gone is taken over, and `notice` told so.
 *
 * @throws UsageError when another run is at work there, or when that cannot be known.
 * @throws CheckpointError when the lock cannot be written.
 */
export async function lockFolder(folder: string, notice: (text: string) => void): Promise<Lock> {
  const path = join(folder, LOCK);
  const mine = `${JSON.stringify(thisProcess())}\n`;
  while (!(await create(path, mine))) {
    const text = await textOf(path);
    if (text === undefined) continue;
    const holder = holderOf(text);
    const fate = holder === undefined ? "gone" : fateOf(holder);
    if (fate !== "gone") throw inUse(folder, path, holder, fate === "running");
    await takeAway(path, text);
    notice(
      `${folder} was locked by ${holder === undefined ? "a run" : `process ${holder.pid}`} that is gone: going on`,
    );
  }
  return {
    async release() {
      if ((await textOf(path)) === mine) await unlink(path).catch(() => {});
    },
  };
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (cause) {
    if (isCode(cause, "EEXIST")) return false;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CheckpointError(path, `cannot be written (${reason}). Is the folder yours to write in?`, {
      cause,
    });
  }
}

/** What a lock says, once it says something; `undefined` when it is gone. */
async function textOf(path: string): Promise<string | undefined> {
  for (let waited = 0; ; waited += LOOK_MS) {
    try {
      const text = await readFile(path, "utf8");
      if (text !== "" || waited >= PATIENCE_MS) return text;
    } catch (error) {
      if (isCode(error, "ENOENT")) return undefined;
      throw new CheckpointError(path, "cannot be read. Is it a file?", { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function holderOf(text: string): ProcessIdentity | undefined {
  try {
    const { pid, host, started }: Record<string, unknown> = JSON.parse(text);
    if (!Number.isSafeInteger(pid) || Number(pid) < 1 || typeof host !== "string") return undefined;
    return { pid: Number(pid), host, ...(typeof started === "string" ? { started } : {}) };
  } catch {
    return undefined;
  }
}

// Two runs may find the same stale lock: a rename is done by one of them, and it looks at what it got.
async function takeAway(path: string, stale: string): Promise<void> {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, "ENOENT")) return;
    throw new CheckpointError(path, "is left by a run that is gone, and cannot be removed", { cause: error });
  }
  if ((await textOf(aside)) === stale) await unlink(aside).catch(() => {});
  else await rename(aside, path).catch(() => {});
}

function inUse(
  folder: string,
  path: string,
  holder: ProcessIdentity | undefined,
  running: boolean,
): UsageError {
  const who = holder === undefined ? "another process" : `process ${holder.pid}`;
  return new UsageError(
    running
      ? `${folder}: ${who} is training there. Wait for it, or leave --name out for a folder of your own.`
      : `${folder}: locked by ${who} of the machine ${JSON.stringify(holder?.host)}, which cannot be asked from here. If that run is over, remove ${path}.`,
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
