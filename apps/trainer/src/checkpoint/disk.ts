// What saving needs of a file system, so that a test can hand in one that is full, broken or slow.
import { open, rename, statfs, unlink } from "node:fs/promises";

/** An open file: of `node:fs/promises`' own what is used, in types that need no library of Node's. */
export interface OpenFile {
  /** Writes some of the bytes, at least one, and says how many. */
  write(bytes: Uint8Array, offset?: number, length?: number): Promise<{ readonly bytesWritten: number }>;
  /** Returns when what was written is on the disk. */
  sync(): Promise<void>;
  /** Gives the file back. */
  close(): Promise<void>;
}

/** Node's functions of the same names. */
export interface Disk {
  /** Opens a file for what `flags` say, such as "w". */
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  /** Puts a file in the place of another one, in one go. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file. */
  unlink(path: string): Promise<void>;
  /** Blocks that this user may still fill, and the size of each in bytes. */
  statfs(path: string): Promise<{ readonly bavail: number; readonly bsize: number; readonly blocks: number }>;
}

/** The machine's own. */
export const NODE_DISK: Disk = { open, rename, unlink, statfs };
