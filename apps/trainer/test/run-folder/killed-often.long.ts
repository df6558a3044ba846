// Runs that are killed again and again, at any moment from the process's start on, still end with the same bytes.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWithData, killWhen, RUN, startTrain } from "../support/kill-run.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";

/** Kills on the way to one finished run, at most; the run is let finish after that. */
const MOST_KILLS = 25;

/** Numerical Recipes' linear congruential generator: each run of the test kills at other moments of the same run. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 2000 * (state / 2 ** 32);
  };
}

test.each([1, 2])("killed at the moments of seed %i", { timeout: 600_000 }, async (seed) => {
  const undisturbed = folderWithData();
  await trainIn(undisturbed, [...RUN, "--workers", "1"]);
  const cwd = folderWithData();
  const folder = join(cwd, "runs/it");
  const nextMoment = moments(seed);
  let kills = 0;
  for (let end: unknown = "killed"; end === "killed"; ) {
    const begun = readdirSync(cwd).includes("runs") && readdirSync(folder).includes("config.json");
    const args = begun ? ["--resume", "runs/it", "--workers", String(1 + (kills % 3))] : [...RUN];
    const deadline = performance.now() + (kills < MOST_KILLS ? nextMoment() : 600_000);
    end = await killWhen(startTrain(cwd, args), () => performance.now() > deadline);
    if (end === "killed") kills++;
    else expect(end).toBe(0);
  }
  expect(kills).toBeGreaterThan(1);
  expect(outcomeOf(folder)).toEqual(outcomeOf(join(undisturbed, "runs/it")));
});
