// A disk that fails as disks do: full, broken, read-only or slow, at the call that a test names.
import { type Disk, NODE_DISK, type OpenFile } from "../../src/checkpoint/disk.ts";

/** What may go wrong, by the call it happens in. */
export interface Faults {
  /** Bytes that each write takes at most: a short write. */
  readonly shortWrites?: number;
  /** Bytes after which writes fail with ENOSPC. */
  readonly room?: number;
  /** The error code that the call fails with. */
  readonly open?: string;
  readonly write?: string;
  readonly sync?: string;
  readonly rename?: string;
  /** Bytes that statfs tells of. */
  readonly free?: number;
}

export function faultyDisk(faults: Faults): Disk {
  let room = faults.room ?? Number.POSITIVE_INFINITY;
  const faulty = (file: OpenFile): OpenFile => ({
    write: (async (bytes: Uint8Array, offset: number, length: number) => {
      failWith(faults.write, "write");
      const taken = Math.min(length, faults.shortWrites ?? length, room);
      if (taken === 0) failWith("ENOSPC", "write");
      room -= taken;
      return await file.write(bytes, offset, taken);
    }) as OpenFile["write"],
    async sync() {
      failWith(faults.sync, "fsync");
      await file.sync();
    },
    close: () => file.close(),
  });
  return {
    async open(path, flags, mode) {
      if (flags !== "r") failWith(faults.open, "open");
      return faulty(await NODE_DISK.open(path, flags, mode));
    },
    async rename(from, to) {
      failWith(faults.rename, "rename");
      await NODE_DISK.rename(from, to);
    },
    unlink: NODE_DISK.unlink,
    async statfs(path) {
      const told = await NODE_DISK.statfs(path);
      return faults.free === undefined ? told : { blocks: 1, bsize: 1, bavail: faults.free };
    },
  };
}

function failWith(code: string | undefined, call: string): void {
  if (code !== undefined) throw Object.assign(new Error(`${code}: injected, ${call}`), { code });
}
