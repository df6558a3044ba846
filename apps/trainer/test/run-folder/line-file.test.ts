// Lines that grow: whole, in order, never through a link, and a disk that refuses is told once.
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CheckpointError } from "../../src/errors.ts";
import { LineFile } from "../../src/run-folder/line-file.ts";
import { folderOf } from "../support/data-folder.ts";
import { faultyDisk } from "../support/faulty-disk.ts";

const newPath = (): string => join(folderOf({}), "lines.jsonl");

test("lines come in the order they were given, after those that were there to begin with", async () => {
  const path = newPath();
  writeFileSync(path, "what a crash has left");
  const file = await LineFile.start(path, [{ n: 1 }]);
  for (let n = 2; n <= 50; n++) file.add({ n });
  await file.close();
  await file.settled();
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines).toEqual(Array.from({ length: 50 }, (_, i) => `{"n":${i + 1}}`));
});

test("a file without lines is made empty, also where something was", async () => {
  for (const before of [undefined, "old"]) {
    const path = newPath();
    if (before !== undefined) writeFileSync(path, before);
    await (await LineFile.start(path, [])).close();
    expect(readFileSync(path, "utf8")).toBe("");
  }
});

test.each([true, false])("a link in its place is replaced (its target exists: %s)", async (exists) => {
  const outside = join(folderOf({}), "outside");
  if (exists) writeFileSync(outside, "precious");
  const path = newPath();
  symlinkSync(outside, path);
  const file = await LineFile.start(path, []);
  file.add({ n: 1 });
  await file.close();
  expect(readFileSync(path, "utf8")).toBe('{"n":1}\n');
  expect(existsSync(outside) ? readFileSync(outside, "utf8") : "nothing").toBe(
    exists ? "precious" : "nothing",
  );
});

test("a full disk is a CheckpointError, and nothing follows half a line", async () => {
  const path = newPath();
  const disk = faultyDisk({ room: 12 });
  const file = await LineFile.start(path, [], (where) => disk.open(where, "a"));
  for (let n = 1; n <= 5; n++) file.add({ n });
  await expect(file.settled()).rejects.toBeInstanceOf(CheckpointError);
  await expect(file.settled()).rejects.toThrow(/lines\.jsonl: cannot be written/);
  await file.close();
  expect(readFileSync(path, "utf8")).toBe('{"n":1}\n{"n"');
});
