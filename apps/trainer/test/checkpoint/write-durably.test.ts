// Saving on disks that fail: the old file stays whole, nothing piles up, and the error says what to do.
import { linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isTemporary, writeDurably } from "../../src/checkpoint/write-durably.ts";
import { CheckpointError } from "../../src/errors.ts";
import { folderOf } from "../support/data-folder.ts";
import { type Faults, faultyDisk } from "../support/faulty-disk.ts";

const OLD = new Uint8Array(1000).fill(1);
const NEW = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);

/** Tries to replace an old file on a faulty disk; what is in the folder afterwards, and what was thrown. */
async function replace(faults: Faults) {
  const folder = folderOf({ file: OLD });
  const path = join(folder, "file");
  const error = await writeDurably(path, NEW, faultyDisk(faults)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, path, names: readdirSync(folder), bytes: new Uint8Array(readFileSync(path)) };
}

test("a disk that takes a few bytes at a time gets them all", async () => {
  const { error, bytes, names } = await replace({ shortWrites: 777 });
  expect(error).toBeUndefined();
  expect(bytes).toEqual(NEW);
  expect(names).toEqual(["file"]);
});

describe("the old file stays, no temporary one does, exit code 5", () => {
  test.each<[string, Faults, RegExp]>([
    ["a disk that fills up", { room: 50_000 }, /100000 bytes \(97\.7 KiB\) needed \(ENOSPC/],
    ["a disk that fills up after short writes", { room: 50_000, shortWrites: 999 }, /ENOSPC/],
    ["an error of the first write", { write: "EIO" }, /EIO/],
    ["an error of fsync", { sync: "EIO" }, /EIO/],
    ["a rename that is refused", { rename: "EACCES" }, /EACCES.*Choose a folder that this user may write in/],
    ["a folder that cannot be written", { open: "EROFS" }, /EROFS/],
    ["a folder that is not there", { open: "ENOENT" }, /ENOENT.*Make the folder .* first/],
    ["too little room, seen in advance", { free: 99_999 }, /needs 100000 bytes .* 99999 bytes .* left/],
  ])("%s", async (_, faults, message) => {
    const { error, path, bytes, names } = await replace(faults);
    expect(error).toBeInstanceOf(CheckpointError);
    if (!(error instanceof CheckpointError)) return;
    expect([error.exitCode, error.path]).toEqual([5, path]);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(path);
    expect(bytes).toEqual(OLD);
    expect(names).toEqual(["file"]);
  });
});

test("a device that is full says so", async () => {
  const disk = faultyDisk({});
  const full = {
    ...disk,
    open: (_: string, flags: string) => disk.open("/dev/full", flags === "r" ? "r" : "w"),
  };
  const path = join(folderOf({}), "file");
  await expect(writeDurably(path, NEW, full)).rejects.toThrow(/ENOSPC/);
});

test("a link in the file's place is replaced, and what it points at is not written", async () => {
  const outside = join(folderOf({ precious: OLD }), "precious");
  const folder = folderOf({});
  symlinkSync(outside, join(folder, "soft"));
  linkSync(outside, join(folder, "hard"));
  for (const name of ["soft", "hard"]) {
    await writeDurably(join(folder, name), NEW);
    expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(NEW);
  }
  expect(new Uint8Array(readFileSync(outside))).toEqual(OLD);
});

test("a link in the temporary file's place is refused", async () => {
  const outside = join(folderOf({ precious: OLD }), "precious");
  const folder = folderOf({});
  symlinkSync(outside, join(folder, `file.${process.pid}.tmp`));
  await expect(writeDurably(join(folder, "file"), NEW)).rejects.toThrow(/EEXIST/);
  expect(new Uint8Array(readFileSync(outside))).toEqual(OLD);
});

test("what a killed write leaves is known by its name, and nothing else is", () => {
  writeFileSync(join(folderOf({}), "x"), "");
  expect(["a.safetensors.12.tmp", "config.json.1.tmp"].every(isTemporary)).toBe(true);
  expect(["a.tmp", "a.safetensors", "1.tmp.json", "notes.x1.tmp"].some(isTemporary)).toBe(false);
});
