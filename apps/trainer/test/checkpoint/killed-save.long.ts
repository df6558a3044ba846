// A save that is killed, or refused, at each of its system calls: the checkpoint before it, or its own, is always whole.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findNewest, removeTemporaries } from "../../src/checkpoint/checkpoint-folder.ts";
import { folderOf } from "../support/data-folder.ts";

const SAVE = fileURLToPath(new URL("../support/save-once.ts", import.meta.url));
const NODE = [process.execPath, "--conditions=@gradloom/source", SAVE];
const hasStrace = spawnSync("strace", ["-V"]).status === 0;
/** A save makes far fewer calls of each kind. */
const MOST_CALLS = 60;

/** Saves epoch 2 over epoch 1 with one system call tampered with; undefined when there was no such call. */
function tampered(call: string, what: string, when: number) {
  const folder = folderOf({});
  execFileSync(NODE[0] ?? "", [...NODE.slice(1), folder, "1"]);
  const log = join(folderOf({}), "log");
  const inject = `inject=${call}:${what}:when=${when}`;
  const child = spawnSync(
    "strace",
    ["-f", "-o", log, "-e", `trace=${call}`, "-e", inject, ...NODE, folder, "2"],
    // strace counts by thread: one thread in the pool has them all.
    { encoding: "utf8", env: { ...process.env, UV_THREADPOOL_SIZE: "1", NODE_NO_WARNINGS: "1" } },
  );
  return { folder, ...child };
}

async function requireWhole(folder: string): Promise<number> {
  const names = readdirSync(folder);
  expect(names.filter((name) => name.endsWith(".tmp")).length).toBeLessThan(2);
  const found = await findNewest(folder);
  expect(found?.damaged).toEqual([]);
  const { state } = found?.checkpoint ?? {};
  expect(state?.parameters[3]).toBe(3 * (state?.epoch ?? 0));
  await removeTemporaries(folder);
  expect(readdirSync(folder).every((name) => name.startsWith("checkpoint-"))).toBe(true);
  return state?.epoch ?? 0;
}

describe.runIf(hasStrace)("a save", { timeout: 600_000 }, () => {
  test.each(["write", "fsync", "rename"])(
    "killed at each %s leaves the old checkpoint or the new one",
    async (call) => {
      const kept = new Set<number>();
      let killed = 0;
      for (let when = 1; when <= MOST_CALLS; when++) {
        const { folder, signal } = tampered(call, "signal=SIGKILL", when);
        kept.add(await requireWhole(folder));
        if (signal !== "SIGKILL") break;
        killed++;
      }
      expect(killed).toBeGreaterThan(0);
      expect([...kept].sort()).toEqual([1, 2]);
    },
  );

  test.each([
    ["fsync", "EIO"],
    ["rename", "EACCES"],
  ])("whose %s fails with %s keeps the old one and no temporary file", async (call, error) => {
    const { folder, status, stderr } = tampered(call, `error=${error}`, 1);
    expect(status).not.toBe(0);
    expect(stderr).toContain(error);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await requireWhole(folder)).toBe(1);
  });
});
