// A folder of checkpoints: the newest whole one is found, damaged ones are passed over and named, old ones go.
import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findNewest, removeTemporaries, saveCheckpoint } from "../../src/checkpoint/checkpoint-folder.ts";
import { CheckpointError } from "../../src/errors.ts";
import { folderOf } from "../support/data-folder.ts";
import { faultyDisk } from "../support/faulty-disk.ts";
import { epochRecord, sampleCheckpoint } from "../support/sample-state.ts";

/** A folder with the checkpoints of epochs 1 to `count`. */
async function folderWith(count: number, keep = 3): Promise<string> {
  const folder = folderOf({});
  for (let epoch = 1; epoch <= count; epoch++) await saveCheckpoint(folder, at(epoch), { keep });
  return folder;
}

const at = (epoch: number, step = 5) =>
  sampleCheckpoint({ epoch, step, history: Array.from({ length: epoch }, (_, i) => epochRecord(i + 1)) });

const names = (folder: string) => readdirSync(folder).sort();

test("an empty folder has none", async () => {
  expect(await findNewest(folderOf({}))).toBeUndefined();
});

test("the newest is found by epoch and step, not by date or by the alphabet", async () => {
  const folder = await folderWith(0);
  for (const [epoch, step] of [
    [9, 900],
    [10, 7],
    [10, 12],
  ] as const) {
    await saveCheckpoint(folder, at(epoch, step), { keep: 1000 });
  }
  const now = new Date();
  for (const name of names(folder)) utimesSync(join(folder, name), now, now);
  writeFileSync(join(folder, "checkpoint-latest.safetensors"), "not ours");
  expect((await findNewest(folder))?.checkpoint.state).toMatchObject({ epoch: 10, step: 12 });
  expect(names(folder)).toHaveLength(4);
});

test("only the newest three are kept, each of them whole", async () => {
  const folder = await folderWith(5);
  expect(names(folder)).toEqual([3, 4, 5].map((n) => `checkpoint-000000${n}-0000000005.safetensors`));
  expect((await findNewest(folder))?.checkpoint.state.epoch).toBe(5);
});

test("a damaged newest one falls back to the one before, and says so", async () => {
  const folder = await folderWith(3);
  const [, second = "", third = ""] = names(folder);
  truncateSync(join(folder, third), 500);
  const bytes = readFileSync(join(folder, second));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(join(folder, second), bytes);
  const found = await findNewest(folder);
  expect(found?.checkpoint.state.epoch).toBe(1);
  expect(found?.damaged.map(({ path }) => path)).toEqual([join(folder, third), join(folder, second)]);
});

test("going on from an older one removes the damaged newer ones with the first save", async () => {
  const folder = await folderWith(3);
  for (const name of names(folder).slice(1)) truncateSync(join(folder, name), 100);
  await saveCheckpoint(folder, at(1, 9), { keep: 2 });
  expect(names(folder)).toEqual([
    "checkpoint-0000001-0000000005.safetensors",
    "checkpoint-0000001-0000000009.safetensors",
  ]);
});

test("a folder whose checkpoints are all damaged is refused with the reason", async () => {
  const folder = await folderWith(2);
  for (const name of names(folder)) truncateSync(join(folder, name), 0);
  await expect(findNewest(folder)).rejects.toThrow(/none of its 2 checkpoints can be read/);
  await expect(findNewest(folder)).rejects.toBeInstanceOf(CheckpointError);
});

test("a save that fails removes no older one", async () => {
  const folder = await folderWith(2);
  const before = names(folder);
  const saving = saveCheckpoint(folder, at(3), { keep: 1, disk: faultyDisk({ room: 100 }) });
  await expect(saving).rejects.toThrow(CheckpointError);
  expect(names(folder)).toEqual(before);
  expect((await findNewest(folder))?.checkpoint.state.epoch).toBe(2);
});

test("what killed saves left is removed, and nothing else", async () => {
  const folder = await folderWith(1);
  const before = names(folder);
  writeFileSync(join(folder, `${before[0]}.4242.tmp`), "half");
  writeFileSync(join(folder, "notes.tmp"), "mine");
  await removeTemporaries(folder);
  expect(names(folder)).toEqual([...before, "notes.tmp"]);
});

test("a folder that cannot be listed is an error of checkpoints, with its cause", async () => {
  const file = join(folderOf({ plain: new Uint8Array() }), "plain");
  await expect(findNewest(file)).rejects.toThrow(CheckpointError);
  await expect(removeTemporaries(file)).rejects.toThrow(/plain: cannot be read: ENOTDIR/);
});
