// The promise of training on many machines, on a native BLAS: its bits depend on the size of every product, so all ranks
// and workers together must multiply the same pieces, whatever their number and in whatever parts they are exchanged.
import { expect, test } from "vitest";
import { blasHere } from "../support/blas-here.ts";
import { folderOf, learnableFiles, TRAIN_IMAGES } from "../support/data-folder.ts";
import { Job, rankCommand } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";

const { libraries, reason } = blasHere();
const why = libraries.length === 0 ? ` (SKIPPED: ${reason})` : "";
const SMALL = "--limit 403 --batch-size 90 --hidden 50,30 --pieces 4";
/** Every shard has rows enough, 150, for products that the library and our own kernels share out between them. */
const LARGE = "--limit 1100 --batch-size 600 --hidden 260,30 --pieces 1";
const OPTIONS =
  "--epochs 2 --seed 7 --shards 4 --optimizer adam --evaluate-every 1 --backend blas --overlap on --workers";
const RUNS = [
  { sparse: "on", size: SMALL },
  { sparse: "off", size: SMALL },
  { sparse: "on", size: LARGE },
];

async function ended(command: readonly string[]): Promise<Job> {
  const job = new Job(command, process.cwd());
  expect(await job.ended(), job.output).toBe(0);
  return job;
}

async function run(command: readonly string[]): Promise<readonly string[]> {
  const job = await ended(command);
  return job.output.split("\n").filter((line) => /^(train|test|loss|best|SHA)/.test(line));
}

test
  .skipIf(libraries.length === 0)
  .each(LAUNCHERS.flatMap((launcher) => RUNS.map((run) => ({ ...launcher, ...run }))))(
  `$family: ranks and workers change no bit of a run on a native BLAS, $size, its zeros skipped: $sparse${why}`,
  async ({ command, flags, sparse, size }) => {
    const options = `train --no-save --quiet ${size} --sparse ${sparse} ${OPTIONS}`.split(" ");
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

/** Rows of which the first quarter is full of numbers, and the others of zeros: 17 % of all, and of no rank of four. */
function unevenFolder(rows: number): string {
  const files = learnableFiles(rows);
  const images = files[TRAIN_IMAGES]?.slice() ?? new Uint8Array();
  for (let i = rows * 4; i < rows * 16; i++) images[16 + i] = 0;
  for (let i = 0; i < rows * 4; i++) if (i % 3 === 0) images[16 + i] = 0;
  return folderOf({ ...files, [TRAIN_IMAGES]: images });
}

test.skipIf(libraries.length === 0).each(LAUNCHERS.slice(0, 1))(
  `$family: ranks whose own rows are all zeros, or hardly, skip them by what the whole is${why}`,
  async ({ command, flags }) => {
    const folder = unevenFolder(800);
    const words = `train --data ${folder} --no-save --json --epochs 2 --hidden 30 --batch-size 80 --shards 4`;
    const options = `${words} --backend blas --pieces 4 --workers 1`.split(" ");
    const startAndHash = async (job: readonly string[]): Promise<unknown> => {
      const { output } = await ended(job);
      const [, density, sparse] = /"density":([0-9.]+),"sparse":(true|false)/.exec(output) ?? [];
      return { density: Number(density), sparse, hash: /"sha256":"([0-9a-f]{64})"/.exec(output)?.[1] };
    };
    const alone = await startAndHash(rankCommand(options));
    expect(alone).toEqual({ density: expect.closeTo(1 / 6, 2), sparse: "true", hash: expect.any(String) });
    for (const ranks of [2, 4]) {
      const job = [command, ...flags, "-n", String(ranks), ...rankCommand(options)];
      expect(await startAndHash(job), `${ranks} ranks`).toEqual(alone);
    }
  },
  300_000,
);
