// Replaces a file so that a crash at any moment leaves either the old one or the new one, whole, on the disk.
import { basename, dirname, join } from "node:path";
import { CheckpointError } from "../errors.ts";
import { formatBytes } from "../report/format.ts";
import { type Disk, NODE_DISK, type OpenFile } from "./disk.ts";

/** `<name>.<pid>.tmp`: what a write leaves when its process is killed. */
const TEMPORARY = /\.\d+\.tmp$/;

/** Whether a file is what a killed write left. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/**
 * Writes `bytes` to `path`: under a temporary name in the same folder, to the last byte, through to the disk, and only
 * then under its own name. A link at `path` is replaced, never followed. The folder has to exist.
 *
 * @throws CheckpointError naming the path and the bytes needed, with the disk's error as its cause; the file that was
 * there is untouched then, and no temporary file is left.
 */
export async function writeDurably(path: string, bytes: Uint8Array, disk: Disk = NODE_DISK): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `${basename(path)}.${process.pid}.tmp`);
  await requireSpace(path, bytes.length, disk);
  let created = false;
  try {
    // "wx" fails where something is already there, so that nothing is ever written through a link.
    const file = await disk.open(temporary, "wx", 0o666);
    created = true;
    try {
      await writeAll(file, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(temporary, path);
    created = false;
    await syncFolder(folder, disk);
  } catch (cause) {
    // The first error counts, whatever becomes of the rest.
    if (created) await disk.unlink(temporary).catch(() => {});
    throw cannotWrite(path, bytes.length, cause);
  }
}

/** The error for a file of `length` bytes that could not be written. */
export function cannotWrite(path: string, length: number, cause: unknown): CheckpointError {
  return new CheckpointError(
    path,
    `cannot be written, ${count(length)} needed (${reasonOf(cause)}). ${cureOf(cause, path)}; what was saved before is still there.`,
    { cause },
  );
}

/** Writes to the last byte: a write may take fewer than it was given, on a full disk, at a quota, after a signal. */
export async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    if (bytesWritten === 0) throw new Error(`the disk took ${done} of ${bytes.length} bytes and no more`);
    done += bytesWritten;
  }
}

/** Asked first, because a disk that is filled to the last byte troubles more than this run. */
async function requireSpace(path: string, length: number, disk: Disk): Promise<void> {
  let free: number;
  try {
    const { bavail, bsize, blocks } = await disk.statfs(dirname(path));
    // Some file systems do not count: then the write itself will tell.
    if (blocks === 0) return;
    free = bavail * bsize;
  } catch {
    return;
  }
  if (free >= length) return;
  throw new CheckpointError(
    path,
    `needs ${count(length)}, and the disk has ${count(free)} left. Make room or choose another folder with --out; what was saved before is still there.`,
  );
}

/** A new name is safe only once its folder is. Windows cannot open a folder, and needs no such call. */
async function syncFolder(folder: string, disk: Disk): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await disk.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function count(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${bytes} bytes (${formatBytes(bytes)})`;
}

function cureOf(cause: unknown, path: string): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR")
    return `Make the folder ${dirname(path)} first, or choose another`;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return "Choose a folder that this user may write in";
  return "Make room or choose another folder with --out";
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
