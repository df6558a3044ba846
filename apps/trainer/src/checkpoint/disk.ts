// What saving needs of a file system, so that a test can hand in one that is full, broken or slow.
import { type FileHandle, open, rename, statfs, unlink } from "node:fs/promises";

/** An open file: `node:fs/promises`' own, cut down to what is used. */
export type OpenFile = Pick<FileHandle, "write" | "sync" | "close">;

/** Node's functions of the same names. */
export interface Disk {
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Blocks that this user may still fill, and the size of each in bytes. */
  statfs(path: string): Promise<{ readonly bavail: number; readonly bsize: number; readonly blocks: number }>;
}

/** The machine's own. */
export const NODE_DISK: Disk = { open, rename, unlink, statfs };
