// A run that is killed without a word goes on from its last checkpoint, and ends with the bytes of one that was not.
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { epochsWritten, folderWithData, killWhen, RUN, startTrain } from "../support/kill-run.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";

test("SIGKILL twice, then --resume: the same model and the same metrics", async () => {
  const killed = folderWithData();
  const folder = join(killed, "runs/it");
  for (const [lines, args] of [
    [4, [...RUN, "--workers", "2"]],
    [15, ["--resume", "runs/it", "--workers", "1"]],
  ] as const) {
    expect(await killWhen(startTrain(killed, args), () => epochsWritten(folder) >= lines)).toBe("killed");
  }
  // What a kill leaves: the lock, and at most one file that was being written.
  expect(readdirSync(folder)).toContain("lock");
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp")).length).toBeLessThan(2);
  const last = await trainIn(killed, ["--resume", "--workers", "2", "--checkpoint-every", "10"]);
  expect(last.code).toBe(0);
  expect(last.stderr).toMatch(/was locked by process \d+ that is gone: going on/);
  expect(readdirSync(folder).some((name) => name.endsWith(".tmp") || name === "lock")).toBe(false);

  const undisturbed = folderWithData();
  await trainIn(undisturbed, [...RUN, "--workers", "1", "--checkpoint-every", "10"]);
  expect(outcomeOf(folder)).toEqual(outcomeOf(join(undisturbed, "runs/it")));
});

test("a second run in the folder of one at work ends with 2, and leaves the first alone", async () => {
  const cwd = folderWithData();
  const first = startTrain(cwd, [...RUN, "--epochs", "100000"]);
  const ended = once(first, "close");
  while (!existsSync(join(cwd, "runs/it/config.json")))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await trainIn(cwd, ["--resume", "runs/it"]);
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`process ${first.pid} is training there`);
  first.kill("SIGTERM");
  expect(await ended).toEqual([143, null]);
});
