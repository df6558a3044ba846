// Every rank reads its own rows and no others: on each rank's disk the rows of the others are spoilt, and no bit changes.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { probedRows } from "../../src/data/part/probe.ts";
import { type Range, rowsOf } from "../../src/parallel/shards.ts";
import { folderOf, learnableFiles, TEST_IMAGES, TRAIN_IMAGES } from "../support/data-folder.ts";
import { hashOf, Job, rankCommand } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";

const PROGRAM = fileURLToPath(new URL("rank-data.ts", import.meta.url));
const ROWS = 403;
const TEST_ROWS = Math.ceil(ROWS / 5);
const PIXELS = 16;
const HEADER = 16;
const TRAIN = "train --no-save --quiet --epochs 2 --hidden 30 --batch-size 37 --shards 8 --workers 1 --data";

/** A folder in which only the rows of a rank of `size` are right, and the few that all ranks compare. */
function folderOfRank(rank: number, size: number): string {
  const files = learnableFiles(ROWS);
  for (const [name, rows] of [
    [TRAIN_IMAGES, ROWS],
    [TEST_IMAGES, TEST_ROWS],
  ] as const) {
    const own: Range = rowsOf(rows, size, rank);
    const probed = new Set(probedRows(rows));
    const isSpoilt = (row: number): boolean => (row < own.from || row >= own.to) && !probed.has(row);
    files[name] = Uint8Array.from(files[name] ?? [], (byte, i) =>
      i >= HEADER && isSpoilt(Math.floor((i - HEADER) / PIXELS)) ? 255 - byte : byte,
    );
  }
  return folderOf(files);
}

test.each(LAUNCHERS)(
  "$family: 2 and 4 ranks with spoilt rows of others find the bits of the whole",
  async (mpi) => {
    const whole = folderOf(learnableFiles(ROWS));
    const alone = new Job(rankCommand([...TRAIN.split(" "), whole]), whole);
    expect(await alone.ended(), alone.output).toBe(0);
    const results = (output: string): readonly string[] =>
      output.split("\n").filter((line) => /^(train|test|loss|SHA)/.test(line));
    expect(hashOf(alone.output)).toBeDefined();
    for (const size of [2, 4]) {
      const ranks = Array.from({ length: size }, (_, rank) => [
        ...["-n", "1"],
        ...rankCommand([...TRAIN.split(" "), folderOfRank(rank, size)]),
      ]);
      const line = ranks.flatMap((one, rank) => (rank === 0 ? one : [":", ...one]));
      const job = new Job([mpi.command, ...mpi.flags, ...line], whole);
      expect(await job.ended(), job.output).toBe(0);
      expect(results(job.output), `${size} ranks`).toEqual(results(alone.output));
    }
  },
  120_000,
);

test.each(LAUNCHERS)(
  "$family: a program that loads its rank's data finds the command's bits, with the rows of others spoilt",
  async (mpi) => {
    const whole = folderOf(learnableFiles(ROWS));
    const alone = new Job(rankCommand([...TRAIN.split(" "), whole]), whole);
    expect(await alone.ended(), alone.output).toBe(0);
    const one = (rank: number): readonly string[] => [
      ...["-n", "1"],
      ...rankCommand([folderOfRank(rank, 2)], PROGRAM),
    ];
    const job = new Job([mpi.command, ...mpi.flags, ...one(0), ":", ...one(1)], whole);
    expect(await job.ended(), job.output).toBe(0);
    expect(hashOf(job.output)).toBe(hashOf(alone.output));
  },
  120_000,
);

test.each(LAUNCHERS)("$family: rows read for another limit than the run's are refused", async (mpi) => {
  const cwd = folderOf(learnableFiles(ROWS));
  const job = new Job([mpi.command, ...mpi.flags, "-n", "2", ...rankCommand([cwd, "100"], PROGRAM)], cwd);
  expect(await job.ended()).not.toBe(0);
  expect(job.output).toMatch(/has not read the rows from \d+ on that it needs/);
});
