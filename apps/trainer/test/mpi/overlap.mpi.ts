// Exchange and backward at the same time: the bits of a run that does one after the other, and the same ends of it.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findNewest } from "../../src/checkpoint/checkpoint-folder.ts";
import { resolveOptions } from "../../src/options.ts";
import { bucketsOf } from "../../src/parallel/ranks/buckets.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { epochsWritten } from "../support/kill-run.ts";
import { outcomeOf } from "../support/real-cli.ts";
import { hashOf, Job, rankCommand, until } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";

/** Wide enough for several buckets, of which the model chooses four on two ranks. */
const TRAIN = "train --data . --hidden 800,300 --batch-size 370 --shards 8 --seed 7 --quiet";
const PEER_TIMEOUT_S = 2;
/** On top: a launcher's own grace, and a slow machine. */
const GRACE_MS = 20_000;

async function hashed(command: readonly string[], cwd: string): Promise<string | undefined> {
  const job = new Job(command, cwd);
  expect(await job.ended(), job.output).toBe(0);
  return hashOf(job.output);
}

test("the runs of these tests have several parts to exchange", () => {
  const options = resolveOptions({ batchSize: 370, shards: 8, workers: 1, overlap: "on" });
  const run = { options, layers: [16, 800, 300, 3], backend: "wasm" } as const;
  expect([2, 4].map((ranks) => bucketsOf(run, ranks))).toEqual([4, 4]);
});

describe.each(LAUNCHERS)("$family", ({ family, command, flags }) => {
  const start = (cwd: string, ranks: number, line: string): Job =>
    new Job([command, ...flags, "-n", String(ranks), ...rankCommand(line.split(" "))], cwd);

  test.each(["float32", "float64 --optimizer adam --clip-norm 0.5"])(
    "%s: 1, 2 and 4 ranks with 1 and 2 workers, overlap on and off, give the bits of one process",
    async (kind) => {
      const cwd = folderOf(learnableFiles(403));
      const line = `${TRAIN} --no-save --epochs 2 --dtype ${kind} --workers`;
      const alone = await hashed(rankCommand(`${line} 1`.split(" ")), cwd);
      expect(alone).toMatch(/^[0-9a-f]{64}$/);
      for (const ranks of [1, 2, 4])
        for (const [workers, overlap] of [
          [1, "on"],
          [2, "on"],
          [1, "off"],
        ] as const) {
          const words = `${line} ${workers} --overlap ${overlap}`.split(" ");
          const hash = await hashed([command, ...flags, "-n", String(ranks), ...rankCommand(words)], cwd);
          expect(hash, `${ranks} ranks, ${workers} workers, overlap ${overlap}`).toBe(alone);
        }
    },
    300_000,
  );

  test("a rank that asks for another overlap does what the first one does", async () => {
    const cwd = folderOf(learnableFiles(403));
    const one = (overlap: string): readonly string[] => [
      ...["-n", "1"],
      ...rankCommand(`${TRAIN} --no-save --epochs 1 --workers 1 --overlap ${overlap}`.split(" ")),
    ];
    const hash = await hashed([command, ...flags, ...one("on"), ":", ...one("off")], cwd);
    expect(hash).toBe(await hashed([command, ...flags, ...one("off"), ":", ...one("on")], cwd));
  });

  test("a run has the parts that it is told, or every rank hears at its start that it cannot", async () => {
    const cwd = folderOf(learnableFiles(403));
    const told = start(cwd, 2, `${TRAIN} --no-save --epochs 1 --workers 1 --json --overlap 2`);
    expect(await told.ended(), told.output).toBe(0);
    expect(told.output).toContain('"buckets":2');
    const few = start(cwd, 2, "train --data . --hidden 4 --no-save --quiet --workers 1 --overlap 8");
    expect(await few.ended(), few.output).toBe(2);
    expect(few.output).toContain("cannot be exchanged in so many parts on 2 ranks");
    expect(few.output).not.toContain("rank 1:");
  });

  test.each(["SIGKILL", "SIGSTOP"] as const)(
    "a rank that gets %s ends the job in time; the newest checkpoint is whole",
    async (signal) => {
      const cwd = folderOf(learnableFiles(403));
      const line = `${TRAIN} --epochs 100000 --workers 1 --overlap on --name hurt --checkpoint-every 0`;
      const job = start(cwd, 2, `${line} --peer-timeout ${PEER_TIMEOUT_S}`);
      const folder = join(cwd, "runs/hurt");
      await until(job, () => epochsWritten(folder) >= 2);
      const since = performance.now();
      job.signalRank(1, signal);
      expect(await job.ended(), job.output).not.toBe(0);
      expect(performance.now() - since).toBeLessThan(PEER_TIMEOUT_S * 1000 + GRACE_MS);
      if (signal === "SIGSTOP") expect(job.output).toContain("rank 0: no exchange with the other ranks");
      expect(await findNewest(folder)).toMatchObject({ damaged: [] });
    },
    60_000,
  );

  test("a loss that is no number ends all ranks alike", async () => {
    const job = start(
      folderOf(learnableFiles(403)),
      2,
      `${TRAIN} --no-save --workers 1 --overlap on --lr 1e30`,
    );
    expect(await job.ended(), job.output).toBe(4);
    expect(job.output).not.toContain("rank 1:");
  });

  test("stopped while it overlaps, going on without: the bytes of a run that nobody stopped", async () => {
    const cwd = folderOf(learnableFiles(403));
    const line = `${TRAIN} --epochs 30 --workers 1 --checkpoint-every 0`;
    const whole = start(cwd, 2, `${line} --overlap off --name whole`);
    expect(await whole.ended(), whole.output).toBe(0);
    const job = start(cwd, 2, `${line} --overlap on --name stopped`);
    await until(job, () => epochsWritten(join(cwd, "runs/stopped")) >= 2);
    job.child.kill("SIGTERM");
    const code = await job.ended();
    // MPICH's launcher sometimes ends with 0 when it was signalled itself, whatever its ranks have ended with.
    if (family === "Open MPI") expect(code, job.output).not.toBe(0);
    expect(job.output).toContain("interrupted by SIGTERM");
    await job.allGone();
    const resumed = start(cwd, 4, "train --resume runs/stopped --quiet --overlap off");
    expect(await resumed.ended(), resumed.output).toBe(0);
    expect(outcomeOf(join(cwd, "runs/stopped"))).toEqual(outcomeOf(join(cwd, "runs/whole")));
  }, 120_000);
});
