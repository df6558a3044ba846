// Names of run folders: numbers that count on, names that stay inside, and nothing that is taken twice.
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CheckpointError, UsageError } from "../../src/errors.ts";
import { createRunFolder } from "../../src/run-folder/create-run-folder.ts";
import { folderOf } from "../support/data-folder.ts";

const parent = (): string => join(folderOf({}), "runs");

describe("without a name", () => {
  test("runs are numbered from 001, whatever else is there", async () => {
    const runs = parent();
    expect(await createRunFolder(runs)).toBe(join(runs, "001"));
    mkdirSync(join(runs, "041"));
    mkdirSync(join(runs, "best"));
    writeFileSync(join(runs, "043"), "a file");
    symlinkSync("/nowhere", join(runs, "044"));
    expect(await createRunFolder(runs)).toBe(join(runs, "045"));
  });

  test("more than 999 are no reason to stop", async () => {
    const runs = parent();
    mkdirSync(join(runs, "999"), { recursive: true });
    expect(await createRunFolder(runs)).toBe(join(runs, "1000"));
    expect(await createRunFolder(runs)).toBe(join(runs, "1001"));
  });

  test("twenty runs that begin at once get twenty folders", async () => {
    const runs = parent();
    const folders = await Promise.all(Array.from({ length: 20 }, () => createRunFolder(runs)));
    expect(new Set(folders).size).toBe(20);
    expect(readdirSync(runs)).toHaveLength(20);
  });
});

describe("with a name", () => {
  test("the folder is called so, and made once", async () => {
    const runs = parent();
    const folder = await createRunFolder(runs, "mnist-2.b_1");
    expect(folder).toBe(join(runs, "mnist-2.b_1"));
    writeFileSync(join(folder, "config.json"), "{}");
    await expect(createRunFolder(runs, "mnist-2.b_1")).rejects.toThrow(/is there already.*--resume/);
  });

  test("a folder in which a run was killed before it wrote anything is taken again", async () => {
    const runs = parent();
    const folder = await createRunFolder(runs, "killed");
    for (const name of ["lock", "config.json.7.tmp"]) writeFileSync(join(folder, name), "");
    expect(await createRunFolder(runs, "killed")).toBe(folder);
  });

  test.each([
    "..",
    ".",
    "",
    "../out",
    "a/b",
    "/etc/x",
    ".hidden",
    "-x",
    "a\\b",
    "a b",
    "a\0b",
    "ü",
    "x".repeat(101),
  ])("%j is refused, and nothing is made", async (name) => {
    const runs = parent();
    await expect(createRunFolder(runs, name)).rejects.toThrow(UsageError);
    expect(existsSync(runs)).toBe(false);
  });

  test("a link of that name is refused, and nothing is written where it leads", async () => {
    const runs = parent();
    const outside = folderOf({});
    mkdirSync(runs);
    symlinkSync(outside, join(runs, "link"));
    await expect(createRunFolder(runs, "link")).rejects.toThrow(UsageError);
    expect(readdirSync(outside)).toEqual([]);
  });
});

test("parents that are missing are made", async () => {
  const runs = join(parent(), "a/b/c");
  expect(await createRunFolder(runs)).toBe(join(runs, "001"));
  expect(await createRunFolder(runs)).toBe(join(runs, "002"));
});

test.runIf(existsSync("/proc/self"))("a place where no folder can be made is refused at once", async () => {
  await expect(createRunFolder("/proc/a/b")).rejects.toBeInstanceOf(CheckpointError);
});

test("a parent that cannot be made is a CheckpointError with the disk's reason and two ways out", async () => {
  const file = join(folderOf({ file: new Uint8Array() }), "file");
  const refused = createRunFolder(join(file, "runs"), "x");
  await expect(refused).rejects.toBeInstanceOf(CheckpointError);
  await expect(refused).rejects.toThrow(/ENOTDIR.*--out.*--no-save/);
});
