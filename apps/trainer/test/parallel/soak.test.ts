// Nothing grows: memory after many steps is what it was after few. The long suite (SOAK=full) makes 100,000 of them.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { lastingGrowth } from "./memory-growth.ts";
import type { SoakReadings, SoakRun } from "./soak-run.ts";

const FULL = process.env.SOAK === "full";
const STEPS = FULL ? 100_000 : 2_000;
const EPOCHS = FULL ? 100 : 40;
/** On a machine that has other things to do too. */
const LIMIT_MS = FULL ? 600_000 : 60_000;

/** A hundred bytes leaked by each of 100,000 steps come to 5 MB between the middles of the thirds that are compared. */
const MOST_GROWTH_MB = FULL ? 5 : 12;

const PROGRAM = fileURLToPath(new URL("soak-run.ts", import.meta.url));
const FLAGS = ["--conditions=@gradloom/source", "--expose-gc"];

const KINDS = ["heapUsed", "arrayBuffers", "rss"] as const;

test.each([
  {
    name: "minibatches, adam, clipped, on 2 workers",
    options: { batchSize: 4, workers: 2, optimizer: "adam", clipNorm: 5 },
  },
  { name: "one row at a time", options: { batchSize: 1 } },
] as const)("$name: memory stays flat", { timeout: LIMIT_MS }, async ({ options }) => {
  const run: SoakRun = { epochs: EPOCHS, stepsPerEpoch: STEPS / EPOCHS, options };
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...FLAGS,
    PROGRAM,
    `--run=${JSON.stringify(run)}`,
  ]);
  const { steps, seen }: SoakReadings = JSON.parse(stdout);
  expect(steps).toBe(STEPS);
  for (const kind of KINDS) {
    const megabytes = seen.map((usage) => usage[kind] / 2 ** 20);
    expect(lastingGrowth(megabytes), `MB of ${kind}`).toBeLessThan(MOST_GROWTH_MB);
  }
});
