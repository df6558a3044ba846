// Makes a run's folder: a new one, under a plain name, never one that holds a run.
import { lstat, mkdir, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { CheckpointError, UsageError } from "../errors.ts";

/** Letters, digits, dot, dash and underscore, beginning with one of the first two: no name leads out of the folder. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const NUMBER = /^\d{3,9}$/;
const DIGITS = 3;

/**
 * Makes `<parent>/<name>`, or the next free number (001, 002, …) without a name, and the parent where it is missing.
 * Two runs that begin at once get two folders. A folder of that name in which a run was killed before it wrote anything is
 * taken as if it were new: there is nothing to go on with. Its lock tells whether that run is really gone.
 *
 * @returns the folder's path.
 * @throws UsageError for a name that is none, or that is taken.
 * @throws CheckpointError when the disk refuses.
 */
export async function createRunFolder(parent: string, name?: string): Promise<string> {
  if (name !== undefined) requireName(name);
  await refusing(parent, makeWithParents(resolve(parent)));
  if (name !== undefined) {
    const folder = join(parent, name);
    if ((await makeNew(folder)) || (await holdsNothing(folder))) return folder;
    throw new UsageError(
      `--name ${name}: ${folder} is there already. Take another name, or go on with that run: --resume ${folder}`,
    );
  }
  // Whoever makes a folder first has its number: ask the disk, and take the next one otherwise.
  for (let number = (await largestNumber(parent)) + 1; ; number++) {
    const folder = join(parent, String(number).padStart(DIGITS, "0"));
    if (await makeNew(folder)) return folder;
  }
}

function requireName(name: string): void {
  if (NAME.test(name)) return;
  throw new UsageError(
    `--name ${JSON.stringify(name.slice(0, 120))}: expected up to 100 letters, digits, dots, dashes and underscores, a letter or digit first. Use --out for another folder.`,
  );
}

async function largestNumber(parent: string): Promise<number> {
  const names = await refusing(parent, readdir(parent));
  return Math.max(0, ...names.filter((name) => NUMBER.test(name)).map(Number));
}

/** False when something of that name is there, a link to nowhere included. */
async function makeNew(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (cause) {
    if (isCode(cause, "EEXIST")) return false;
    throw cannotMake(folder, cause);
  }
}

/** Whether it is a folder, and no link to one, with no more in it than a lock and files that were never finished. */
async function holdsNothing(folder: string): Promise<boolean> {
  if (!(await refusing(folder, lstat(folder))).isDirectory()) return false;
  const names = await refusing(folder, readdir(folder));
  return names.every((name) => name === "lock" || name.endsWith(".tmp"));
}

// Not by { recursive: true }: below /proc, where a folder is there and none can be made in it, Node 20 never ends.
async function makeWithParents(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (isCode(error, "EEXIST")) return;
    if (!isCode(error, "ENOENT") || dirname(folder) === folder) throw error;
    await makeWithParents(dirname(folder));
    await mkdir(folder).catch((again: unknown) => {
      if (!isCode(again, "EEXIST")) throw again;
    });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function refusing<T>(folder: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw cannotMake(folder, cause);
  }
}

function cannotMake(folder: string, cause: unknown): CheckpointError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CheckpointError(
    folder,
    `cannot be made (${reason}). Choose another folder with --out, or keep nothing with --no-save.`,
    { cause },
  );
}
