// Ranks that die, stop, leave or disagree: the job ends in time with an error, what was saved is whole, and the run goes on
// with any number of ranks.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findNewest } from "../../src/checkpoint/checkpoint-folder.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { epochsWritten, folderWithData } from "../support/kill-run.ts";
import { outcomeOf } from "../support/real-cli.ts";
import { Job, rankCommand, until } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";

const PEER_TIMEOUT_S = 2;
/** On top: a launcher's own grace, and a slow machine. */
const GRACE_MS = 20_000;
const RUN = `train --data . --epochs 100000 --batch-size 50 --hidden 8 --workers 1 --quiet --checkpoint-every 0 --peer-timeout ${PEER_TIMEOUT_S}`;
const LEAVER = fileURLToPath(new URL("leaver.ts", import.meta.url));

test.skipIf(LAUNCHERS.length === 0)("there is an MPI to test with", () => {
  expect(LAUNCHERS).not.toHaveLength(0);
});

describe.each(LAUNCHERS)("$family", ({ family, command, flags }) => {
  const start = (cwd: string, ranks: number, line: string): Job =>
    new Job([command, ...flags, "-n", String(ranks), ...rankCommand(line.split(" "))], cwd);

  test.each(["SIGKILL", "SIGSTOP"] as const)(
    "a rank that gets %s ends the job; the newest checkpoint is whole",
    async (signal) => {
      const cwd = folderOf(learnableFiles(400));
      const job = start(cwd, 2, `${RUN} --name hurt`);
      const folder = join(cwd, "runs/hurt");
      await until(job, () => epochsWritten(folder) >= 2);
      const since = performance.now();
      job.signalRank(1, signal);
      expect(await job.ended(), job.output).not.toBe(0);
      expect(performance.now() - since).toBeLessThan(PEER_TIMEOUT_S * 1000 + GRACE_MS);
      if (signal === "SIGSTOP") expect(job.output).toContain("rank 0: no exchange with the other ranks");
      expect(await findNewest(folder)).toMatchObject({ damaged: [] });
    },
  );

  test("a rank that exits with 0 and never finalizes ends the job", async () => {
    const cwd = folderOf(learnableFiles(400));
    const job = new Job([command, ...flags, "-n", "2", ...rankCommand([], LEAVER)], cwd);
    const since = performance.now();
    const code = await job.ended();
    expect(performance.now() - since).toBeLessThan(PEER_TIMEOUT_S * 1000 + GRACE_MS);
    expect(code, job.output).not.toBe(0);
  });

  test("a rank with another learning rate ends all before training, and the message names it", async () => {
    const cwd = folderOf(learnableFiles(60));
    const line = "train --data . --epochs 1 --no-save --workers 1 --batch-size 10";
    const other = rankCommand(`${line} --lr 0.5`.split(" "));
    const all = ["-n", "1", ...rankCommand(line.split(" ")), ":", "-n", "1", ...other];
    const job = new Job([command, ...flags, ...all], cwd);
    expect(await job.ended()).toBe(2);
    expect(job.output).toContain("rank 0 has learningRate 0.1, and rank 1 has 0.5");
  });

  test("a rank with other data ends all before training", async () => {
    const [cwd, other] = [folderOf(learnableFiles(60)), folderOf(learnableFiles(65))];
    const line = "train --epochs 1 --no-save --workers 1 --batch-size 10 --data";
    const one = (data: string): readonly string[] => [
      "-n",
      "1",
      ...rankCommand(`${line} ${data}`.split(" ")),
    ];
    const job = new Job([command, ...flags, ...one(cwd), ":", ...one(other)], cwd);
    expect(await job.ended()).toBe(2);
    expect(job.output).toMatch(/the ranks differ: rank 0 has data "[0-9a-f]{64}"/);
  });

  test("3 ranks are refused: 8 shards cannot be shared evenly", async () => {
    const job = start(folderOf(learnableFiles(60)), 3, "train --data . --no-save --batch-size 10");
    expect(await job.ended()).toBe(2);
    expect(job.output).toContain("3 ranks do not share 8 shards evenly");
  });

  test("SIGTERM to the launcher: the first rank saves; another number of ranks goes on to the same bytes", async () => {
    const cwd = folderWithData();
    const line =
      "train --data data --limit 400 --epochs 250 --batch-size 50 --hidden 8 --workers 1 --quiet --checkpoint-every 0";
    const whole = start(cwd, 2, `${line} --name whole`);
    expect(await whole.ended(), whole.output).toBe(0);
    const job = start(cwd, 2, `${line} --name stopped`);
    await until(job, () => epochsWritten(join(cwd, "runs/stopped")) >= 2);
    job.child.kill("SIGTERM");
    const code = await job.ended();
    // MPICH's launcher sometimes ends with 0 when it was signalled itself, whatever its ranks have ended with.
    if (family === "Open MPI") expect(code, job.output).not.toBe(0);
    expect(job.output).toContain("interrupted by SIGTERM");
    await job.allGone();
    const resumed = start(cwd, family === "MPICH" ? 1 : 4, "train --resume runs/stopped --quiet");
    expect(await resumed.ended(), resumed.output).toBe(0);
    expect(outcomeOf(join(cwd, "runs/stopped"))).toEqual(outcomeOf(join(cwd, "runs/whole")));
  }, 120_000);
});
