// The promise of training on many machines, on a native BLAS: its bits depend on the size of every product, so all ranks
// and workers together must multiply the same pieces, whatever their number and in whatever parts they are exchanged.
import { expect, test } from "vitest";
import { blasHere } from "../support/blas-here.ts";
import { Job, rankCommand } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";

const { libraries, reason } = blasHere();
const why = libraries.length === 0 ? ` (SKIPPED: ${reason})` : "";
const TRAIN = "train --no-save --quiet --limit 403 --batch-size 90 --epochs 2 --hidden 50,30 --seed 7";
const OPTIONS =
  `${TRAIN} --shards 4 --optimizer adam --evaluate-every 1 --backend blas --overlap on --pieces 4 --workers`.split(
    " ",
  );

async function run(command: readonly string[]): Promise<readonly string[]> {
  const job = new Job(command, process.cwd());
  expect(await job.ended(), job.output).toBe(0);
  return job.output.split("\n").filter((line) => /^(train|test|loss|best|SHA)/.test(line));
}

test
  .skipIf(libraries.length === 0)
  .each(LAUNCHERS.flatMap((launcher) => ["on", "off"].map((sparse) => ({ ...launcher, sparse }))))(
  `$family: ranks and workers change no bit of a run on a native BLAS, its zeros skipped: $sparse${why}`,
  async ({ command, flags, sparse }) => {
    const options = [OPTIONS[0] ?? "", "--sparse", sparse, ...OPTIONS.slice(1)];
    const alone = await run(rankCommand([...options, "1"]));
    expect(alone.join()).toMatch(/SHA-256 +[0-9a-f]{64}/);
    for (const [ranks, workers] of [
      [1, 3],
      [2, 1],
      [2, 2],
      [4, 1],
    ] as const) {
      const job = [command, ...flags, "-n", String(ranks), ...rankCommand([...options, String(workers)])];
      expect(await run(job), `${ranks} ranks, ${workers} workers`).toEqual(alone);
    }
  },
  300_000,
);
