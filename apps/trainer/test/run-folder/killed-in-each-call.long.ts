// A whole run killed in each system call that it makes on its folder: what goes on from there ends with the same bytes.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWithData, MAIN } from "../support/kill-run.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";
import { hasStrace, pathsTouched, traced } from "../support/strace.ts";

/** Three short epochs with a checkpoint after each, of which the last removes the first. */
const RUN =
  "train --data data --name it --epochs 3 --validation 0.2 --optimizer adam --hidden 20,10 --checkpoint-every 0 --keep 2 --quiet";

/** The run with absolute paths, as strace compares them. */
const program = (cwd: string, more: readonly string[]) => ({
  args: [
    "--conditions=@gradloom/source",
    MAIN,
    ...RUN.split(" "),
    "--workers",
    "1",
    "--out",
    join(cwd, "runs"),
    ...more,
  ],
  cwd,
});

describe.runIf(hasStrace)("a run killed in each call on its folder", { timeout: 1_800_000 }, () => {
  test.for([
    ["that ends with its last epoch, in each", 1, []],
    ["that stops early, in every fourth", 4, ["--epochs", "40", "--patience", "1", "--lr", "0.1"]],
  ] as const)("%s", async ([_, every, more], { annotate }) => {
    const undisturbed = folderWithData(400);
    const folder = join(undisturbed, "runs");
    const paths = pathsTouched(folder, program(undisturbed, more)).map((path) => path.slice(folder.length));
    const reference = hashesOf(join(folder, "it"));
    const pathsIn = (cwd: string) => paths.map((path) => join(cwd, "runs", path));
    const fresh = folderWithData(400);
    const { calls } = traced(pathsIn(fresh), program(fresh, more));
    const names = calls.map(({ name }) => name);
    for (const name of ["mkdir", "openat", "write", "fsync", "close", "rename", "unlink"]) {
      expect(names).toContain(name);
    }
    // Where two threads make the nth call of a name, the first of them is killed.
    const places = calls
      .filter(
        ({ name, nth }, i) => calls.findIndex((other) => other.name === name && other.nth === nth) === i,
      )
      .filter((_, i) => i % every === 0);
    let killed = 0;
    for (const at of places) {
      const cwd = folderWithData(400);
      const { signal, status } = traced(pathsIn(cwd), program(cwd, more), { what: "signal=SIGKILL", at });
      // While one state is being saved the next may come, and only the last that waits is saved: not every run makes each call.
      expect([at, signal ?? status]).toEqual([at, signal === null ? 0 : "SIGKILL"]);
      if (signal !== null) killed++;
      expect([at, await goneOn(cwd, more)]).toEqual([at, reference]);
    }
    expect(killed).toBeGreaterThan(0.7 * places.length);
    await annotate(`killed in ${killed} of ${places.length} calls`);
  });
});

/** What the run comes to that somebody goes on with, or starts again where nothing of it is there. */
async function goneOn(cwd: string, more: readonly string[]): Promise<readonly string[]> {
  const folder = join(cwd, "runs/it");
  const begun = existsSync(join(folder, "config.json"));
  const again = begun ? ["--resume", "runs/it", "--quiet"] : [...RUN.split(" ").slice(1), ...more];
  const { code, stderr } = await trainIn(cwd, again);
  expect([code, stderr.includes("expected")], stderr).toEqual([0, false]);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp") || name === "lock")).toEqual([]);
  expect(readdirSync(folder)).toContain("report.html");
  return hashesOf(folder);
}

function hashesOf(folder: string): readonly string[] {
  const { model, metrics } = outcomeOf(folder);
  return [model, metrics].map((text) => createHash("sha256").update(text).digest("hex"));
}
