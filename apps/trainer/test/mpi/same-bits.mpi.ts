// The promise of training on many machines: one SHA-256 for any number of ranks and workers, under any MPI.
import { describe, expect, test } from "vitest";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { hashOf, Job, rankCommand } from "./job.ts";
import { LAUNCHERS, MISSING } from "./launchers.ts";

const missing = MISSING.length === 0 ? "" : ` (NOT INSTALLED HERE, SKIPPED: ${MISSING.join(" and ")})`;
const TRAIN = "train --data . --no-save --quiet --epochs 3 --hidden 30,20 --seed 7 --shards 8".split(" ");
const CASES = [
  { name: "sgd, uneven shards", args: ["--batch-size", "37"] },
  {
    name: "adam in float64, clipped, judged by validation rows",
    args: "--batch-size 60 --optimizer adam --dtype float64 --clip-norm 0.5 --validation 0.2 --patience 1".split(
      " ",
    ),
  },
];

async function run(command: readonly string[], cwd: string): Promise<string> {
  const job = new Job(command, cwd);
  const code = await job.ended();
  expect(code, job.output).toBe(0);
  return job.output;
}

/** All that a run tells, but for its clock and its number of workers. */
function result(output: string): readonly string[] {
  return output.split("\n").filter((line) => /^(train|test|validation|loss|best|SHA)/.test(line));
}

test.skipIf(MISSING.length > 0)(`both families are tested${missing}`, () => {
  expect(LAUNCHERS).toHaveLength(2);
});

describe.each(CASES)("$name", ({ args }) => {
  describe.each(LAUNCHERS)("$family", ({ command, flags }) => {
    test("1, 2 and 4 ranks with 1 and 2 workers give the bits of one process without MPI", async () => {
      const cwd = folderOf(learnableFiles(403));
      const alone = await run(rankCommand([...TRAIN, ...args, "--workers", "1"]), cwd);
      expect(hashOf(alone)).toMatch(/^[0-9a-f]{64}$/);
      for (const ranks of [1, 2, 4]) {
        for (const workers of [1, 2]) {
          const one = rankCommand([...TRAIN, ...args, "--workers", String(workers)]);
          const output = await run([command, ...flags, "-n", String(ranks), ...one], cwd);
          expect(result(output), `${ranks} ranks, ${workers} workers`).toEqual(result(alone));
        }
      }
    }, 300_000);
  });
});

test.each(LAUNCHERS)("$family: ranks without --shards train in 8", async ({ command, flags }) => {
  const cwd = folderOf(learnableFiles(400));
  const short = TRAIN.filter((word) => word !== "--shards" && word !== "8");
  const output = await run([command, ...flags, "-n", "2", ...rankCommand([...short, "--workers", "1"])], cwd);
  const alone = await run(rankCommand([...TRAIN, "--workers", "1"]), cwd);
  expect(hashOf(output)).toBe(hashOf(alone));
});
