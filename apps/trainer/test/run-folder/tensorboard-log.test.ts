// TensorBoard's file in a run's folder: it stays in it, and goes on where the checkpoint stands.
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CheckpointError } from "../../src/errors.ts";
import { TensorboardLog } from "../../src/run-folder/tensorboard-log.ts";
import { folderOf } from "../support/data-folder.ts";
import { epochRecord } from "../support/sample-state.ts";

async function log(folder: string, epochs: readonly number[], keepToStep?: number): Promise<number> {
  const file = await TensorboardLog.start(folder, keepToStep);
  for (const epoch of epochs) file.add(epochRecord(epoch), 100);
  await file.settled();
  await file.close();
  const [name = ""] = readdirSync(join(folder, "tensorboard"));
  return readFileSync(join(folder, "tensorboard", name)).length;
}

test("a resumed run drops the epochs that come again", async () => {
  const [once, twice] = [folderOf({}), folderOf({})];
  const size = await log(once, [1, 2, 3, 4]);
  await log(twice, [1, 2, 3]);
  expect(await log(twice, [3, 4], 2)).toBe(size);
});

test("a folder or a file that leads out of the run's folder is not written through", async () => {
  const outside = folderOf({ precious: Buffer.from("precious") });
  const linked = folderOf({});
  symlinkSync(outside, join(linked, "tensorboard"));
  await expect(TensorboardLog.start(linked, undefined)).rejects.toBeInstanceOf(CheckpointError);
  expect(readdirSync(outside)).toEqual(["precious"]);

  const names = folderOf({});
  await log(names, []);
  const [name = ""] = readdirSync(join(names, "tensorboard"));
  for (const link of [symlinkSync, linkSync]) {
    const folder = folderOf({});
    mkdirSync(join(folder, "tensorboard"));
    link(join(outside, "precious"), join(folder, "tensorboard", name));
    await log(folder, [1]);
    expect(readFileSync(join(outside, "precious"), "utf8")).toBe("precious");
  }
  expect(existsSync(join(outside, name))).toBe(false);
});
