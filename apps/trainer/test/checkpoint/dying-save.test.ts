// A save that is cut off before each of its calls of the disk, as by a kill: the checkpoint before it, or its own, is whole.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { findNewest, removeTemporaries, saveCheckpoint } from "../../src/checkpoint/checkpoint-folder.ts";
import { type Disk, NODE_DISK, type OpenFile } from "../../src/checkpoint/disk.ts";
import { folderOf } from "../support/data-folder.ts";
import { epochRecord, sampleCheckpoint } from "../support/sample-state.ts";

const at = (epoch: number) =>
  sampleCheckpoint({
    epoch,
    step: 5,
    history: Array.from({ length: epoch }, (_, i) => epochRecord(i + 1)),
    parameters: Float32Array.of(epoch, epoch, epoch, epoch, epoch),
  });

/** A disk that does the first `calls` calls, in pieces of 300 bytes, and nothing after that; `names` are the calls. */
function dyingDisk(calls: number): { readonly disk: Disk; readonly names: readonly string[] } {
  const names: string[] = [];
  const alive = (name: string): void => {
    names.push(name);
    if (names.length > calls) throw new Error("the process is gone");
  };
  const file = (open: OpenFile): OpenFile => ({
    async write(bytes, offset = 0, length = bytes.length) {
      alive("write");
      return await open.write(bytes, offset, Math.min(length, 300));
    },
    async sync() {
      alive("fsync");
      await open.sync();
    },
    async close() {
      // The system closes what a dead process had open.
      await open.close();
      alive("close");
    },
  });
  return {
    names,
    disk: {
      async open(...args) {
        alive("open");
        return file(await NODE_DISK.open(...args));
      },
      async rename(...args) {
        alive("rename");
        await NODE_DISK.rename(...args);
      },
      async unlink(...args) {
        alive("unlink");
        await NODE_DISK.unlink(...args);
      },
      async statfs(...args) {
        alive("statfs");
        return await NODE_DISK.statfs(...args);
      },
    },
  };
}

test("wherever a save is cut off, the old checkpoint or the new one is found, and one temporary file is left at most", async () => {
  const found: number[] = [];
  for (let calls = 0; ; calls++) {
    const folder = folderOf({});
    for (const epoch of [1, 2]) await saveCheckpoint(folder, at(epoch), { keep: 2 });
    const { disk, names } = dyingDisk(calls);
    const error = await saveCheckpoint(folder, at(3), { keep: 2, disk }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp")).length).toBeLessThan(2);
    const newest = await findNewest(folder);
    const { state } = newest?.checkpoint ?? {};
    expect([newest?.damaged, state?.parameters[4]]).toEqual([[], state?.epoch]);
    found.push(state?.epoch ?? 0);
    await removeTemporaries(folder);
    expect(readdirSync(folder).every((name) => name.startsWith("checkpoint-"))).toBe(true);
    if (names.length > calls) continue;
    expect(error).toBeUndefined();
    expect(new Set(names)).toEqual(
      new Set(["statfs", "open", "write", "fsync", "close", "rename", "unlink"]),
    );
    break;
  }
  // The new one counts from one call on, and never less again.
  expect([...new Set(found)]).toEqual([2, 3]);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});
