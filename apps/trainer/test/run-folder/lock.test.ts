// One run in a folder: a second is refused, a dead one's lock is taken over, and the right process is recognized.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CheckpointError, UsageError } from "../../src/errors.ts";
import { lockFolder } from "../../src/run-folder/lock.ts";
import { fateOf, type ProcessIdentity, thisProcess } from "../../src/run-folder/process-identity.ts";
import { folderOf } from "../support/data-folder.ts";

const silent = (): void => {};
const hasProc = existsSync("/proc/self/stat");

/** A folder with the lock of somebody. */
function lockedBy(holder: ProcessIdentity | string): string {
  const text = typeof holder === "string" ? holder : JSON.stringify(holder);
  return folderOf({ lock: Buffer.from(text) });
}

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  return child.pid ?? 0;
}

test("a folder has one holder at a time", async () => {
  const folder = folderOf({});
  const lock = await lockFolder(folder, silent);
  await expect(lockFolder(folder, silent)).rejects.toThrow(UsageError);
  await expect(lockFolder(folder, silent)).rejects.toThrow(`process ${process.pid} is training there`);
  await lock.release();
  await lock.release();
  expect(existsSync(join(folder, "lock"))).toBe(false);
  await (await lockFolder(folder, silent)).release();
});

test("of ten that come at once, one gets in", async () => {
  const folder = folderOf({});
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder, silent)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

describe("a lock that is stale is taken over, and that is said", () => {
  test("its process is gone", async () => {
    const pid = await deadPid();
    const folder = lockedBy({ pid, host: hostname() });
    const told: string[] = [];
    await lockFolder(folder, (text) => told.push(text));
    expect(told).toEqual([`${folder} was locked by process ${pid} that is gone: going on`]);
    expect(JSON.parse(readFileSync(join(folder, "lock"), "utf8"))).toEqual(thisProcess());
  });

  test.runIf(hasProc)("its number belongs to a process that was started at another time", async () => {
    const folder = lockedBy({ ...thisProcess(), started: "another boot/123" });
    const told: string[] = [];
    await lockFolder(folder, (text) => told.push(text));
    expect(told).toHaveLength(1);
  });

  test.each(["", "not JSON", "null", "[]", '{"pid":"1"}', '{"pid":-5,"host":"x"}'])(
    "it says nothing that can be understood: %j",
    async (text) => {
      const folder = lockedBy(text);
      const told: string[] = [];
      await lockFolder(folder, (said) => told.push(said));
      expect(told).toEqual([`${folder} was locked by a run that is gone: going on`]);
    },
  );
});

test("the lock of another machine is not touched: it cannot be asked", async () => {
  const folder = lockedBy({ pid: 1, host: "elsewhere" });
  await expect(lockFolder(folder, silent)).rejects.toThrow(/machine "elsewhere".*remove/);
  expect(existsSync(join(folder, "lock"))).toBe(true);
});

test("a lock that others have taken over is not released by its first holder", async () => {
  const folder = folderOf({});
  const lock = await lockFolder(folder, silent);
  writeFileSync(join(folder, "lock"), "somebody else");
  await lock.release();
  expect(existsSync(join(folder, "lock"))).toBe(true);
});

test("a folder that is not there is an error of the disk", async () => {
  await expect(lockFolder(join(folderOf({}), "none"), silent)).rejects.toBeInstanceOf(CheckpointError);
});

test("this process runs, also by its number alone", () => {
  expect(fateOf(thisProcess())).toBe("running");
  expect(fateOf({ pid: process.pid, host: hostname() })).toBe("running");
  // The first process of the machine is somebody else's, and there.
  expect(fateOf({ pid: 1, host: hostname() })).toBe("running");
});
