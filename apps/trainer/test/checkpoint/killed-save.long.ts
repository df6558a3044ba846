// A save that is killed, or refused, at each of its system calls: the checkpoint before it, or its own, is always whole.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findNewest, removeTemporaries } from "../../src/checkpoint/checkpoint-folder.ts";
import { folderOf } from "../support/data-folder.ts";
import { type Call, hasStrace, pathsTouched, type Traced, traced } from "../support/strace.ts";

const SAVE = fileURLToPath(new URL("../support/save-once.ts", import.meta.url));

/** Saves an epoch in a folder. */
const save = (folder: string, epoch: number) => ({
  args: ["--conditions=@gradloom/source", SAVE, folder, String(epoch)],
  cwd: folder,
});

/** A folder with epochs 1 and 2, of which saving epoch 3 removes the first. */
function twoSaved(): string {
  const folder = folderOf({});
  for (const epoch of [1, 2]) execFileSync(process.execPath, save(folder, epoch).args, { stdio: "ignore" });
  return folder;
}

/** Saves epoch 3, with one of its calls tampered with. */
function tampered(what: string, at: Call): Traced & { readonly folder: string } {
  const folder = twoSaved();
  return { folder, ...traced(pathsIn(folder), save(folder, 3), { what, at }) };
}

/** What a save names, found once and moved from folder to folder. */
let known: readonly string[] | undefined;
function pathsIn(folder: string): readonly string[] {
  if (known === undefined) {
    const tried = twoSaved();
    known = pathsTouched(tried, save(tried, 3)).map((path) => path.slice(tried.length));
  }
  return known.map((path) => folder + path);
}

function callsOfASave(): readonly Call[] {
  const folder = twoSaved();
  return traced(pathsIn(folder), save(folder, 3)).calls;
}

/** The epoch of the checkpoint that a run would go on from; throws when it is not whole. */
async function wholeEpoch(folder: string): Promise<number> {
  const found = await findNewest(folder);
  expect(found?.damaged).toEqual([]);
  const { state } = found?.checkpoint ?? {};
  expect(state?.parameters[3]).toBe(3 * (state?.epoch ?? 0));
  return state?.epoch ?? 0;
}

const temporaries = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".tmp"));

describe.runIf(hasStrace)("a save", { timeout: 600_000 }, () => {
  test("killed in each of its calls on the folder leaves the old checkpoint or the new one", async () => {
    const calls = callsOfASave();
    const names = calls.map(({ name }) => name);
    for (const name of ["openat", "write", "fsync", "close", "rename", "unlink"])
      expect(names).toContain(name);
    const kept: number[] = [];
    for (const [i, at] of calls.entries()) {
      const { folder, signal, calls: made } = tampered("signal=SIGKILL", at);
      expect([signal, made[i]]).toEqual(["SIGKILL", at]);
      expect(temporaries(folder).length).toBeLessThan(2);
      kept.push(await wholeEpoch(folder));
      await removeTemporaries(folder);
      expect(temporaries(folder)).toEqual([]);
    }
    expect([...new Set(kept)]).toEqual([2, 3]);
  });

  test("of which one call fails keeps the old checkpoint or the new one, no temporary file, and says why", async () => {
    for (const at of callsOfASave()) {
      const { folder, status, stderr } = tampered("error=EIO", at);
      expect([2, 3]).toContain(await wholeEpoch(folder));
      expect(temporaries(folder)).toEqual([]);
      if (status !== 0) expect(stderr, JSON.stringify(at)).toMatch(/CheckpointError: .*checkpoint-.*EIO/);
    }
  });
});
