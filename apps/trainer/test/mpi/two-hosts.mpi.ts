// Two hosts with a network between them: the same bits, an end when the cable is pulled, and the time that the model says.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findNewest } from "../../src/checkpoint/checkpoint-folder.ts";
import { sliceExchange } from "../../src/plan-ranks/exchange-model.ts";
import { networkOf } from "../../src/plan-ranks/network.ts";
import { BUCKET_COUNTS, stepInBuckets } from "../../src/plan-ranks/overlap-model.ts";
import { epochsWritten, folderWithData } from "../support/kill-run.ts";
import { hashOf, Job, rankCommand, until } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";
import { TwoHosts } from "./two-hosts.ts";

const OPEN_MPI = LAUNCHERS.find(({ family }) => family === "Open MPI")?.command ?? "";
const TIMES = fileURLToPath(new URL("exchange-times.ts", import.meta.url));
const TRAIN = "train --data data --quiet --workers 1 --batch-size 50 --hidden 20 --shards 8";

const OVERLAP = fileURLToPath(new URL("overlap-times.ts", import.meta.url));

/** From α alone to 1 MB. */
const LENGTHS = [64, 65_536, 159_040, 524_288, 1_048_576];

let hosts: TwoHosts;

describe.skipIf(OPEN_MPI === "" || !TwoHosts.arePossible)("two hosts, by namespaces of the network", () => {
  beforeEach(() => {
    hosts = new TwoHosts();
  });
  afterEach(() => hosts.destroy());

  const launch = (cwd: string, line: string): Job =>
    new Job(hosts.launch(OPEN_MPI, rankCommand(line.split(" "))), cwd);

  test("one rank on each gives the bits of one process", async () => {
    const cwd = folderWithData();
    const line = `${TRAIN} --epochs 2 --no-save`;
    const job = launch(cwd, line);
    expect(await job.ended(), job.output).toBe(0);
    const alone = new Job(rankCommand(line.split(" ")), cwd);
    expect(await alone.ended(), alone.output).toBe(0);
    expect(hashOf(job.output)).toBe(hashOf(alone.output));
  });

  test.each(["off", "on"])(
    "both ranks end in time when the cable is pulled, overlap %s; the newest checkpoint is whole",
    async (overlap) => {
      const cwd = folderWithData();
      const job = launch(
        cwd,
        `${TRAIN} --epochs 10000 --name cut --checkpoint-every 0 --peer-timeout 3 --overlap ${overlap}`,
      );
      const folder = join(cwd, "runs/cut");
      await until(job, () => epochsWritten(folder) >= 1);
      const pids = [...job.ranks().values()];
      expect(pids).toHaveLength(2);
      hosts.pull();
      // The launcher itself may hang for long: it waits for the other host. That is for whoever has started it.
      await until(job, () => job.ranks().size === 0, 25);
      expect(job.output).toContain("no exchange with the other ranks");
      expect(await findNewest(folder)).toMatchObject({ damaged: [] });
    },
  );

  // So slow that the packets need a few hundredths of a core: other work does not show. At 1 Gbit/s they need most of one.
  test.each([50])(
    "at %i Mbit/s an exchange of up to 1 MB takes what the model says, within a fifth",
    async (rate) => {
      hosts.shape(rate);
      let times = LENGTHS.map(() => Number.POSITIVE_INFINITY);
      // What else the machine does only ever adds to a time: the least of some jobs is the network's.
      for (let jobs = 0; jobs < 5 && !LENGTHS.every((_, i) => isNear(ratio(times, i, rate))); jobs++) {
        const job = new Job(hosts.launch(OPEN_MPI, rankCommand(LENGTHS.map(String), TIMES)), "/");
        expect(await job.ended(), job.output).toBe(0);
        const found = JSON.parse(job.output) as number[];
        times = times.map((time, i) => Math.min(time, found[i] ?? time));
      }
      for (const [i, length] of LENGTHS.entries()) {
        expect
          .soft(isNear(ratio(times, i, rate)), `${length} bytes: ${ratio(times, i, rate)} of the model`)
          .toBe(true);
      }
    },
    180_000,
  );

  // As long as the exchange of all of it: that is where overlap brings most, and where it is most easily lost.
  test.each([{ rate: 50, milliseconds: 180 }])(
    "at $rate Mbit/s a step with $milliseconds ms of computing overlaps its exchange as the model says, within a fifth",
    async ({ rate, milliseconds }) => {
      hosts.shape(rate);
      let ratios: readonly number[] = BUCKET_COUNTS.map(() => Number.POSITIVE_INFINITY);
      for (let jobs = 0; jobs < 8 && !ratios.every(isNear); jobs++) {
        const args = [milliseconds, ...BUCKET_COUNTS].map(String);
        const job = new Job(hosts.launch(OPEN_MPI, rankCommand(args, OVERLAP)), "/");
        expect(await job.ended(), job.output).toBe(0);
        const { bytes, times } = JSON.parse(job.output) as { bytes: number; times: number[] };
        const parts = { before: 0, weights: milliseconds / 1000, bytes };
        const model = (buckets: number): number => stepInBuckets(parts, 2, networkOf(`${rate}mbit`), buckets);
        ratios = BUCKET_COUNTS.map((buckets, i) =>
          Math.min(ratios[i] ?? 0, (times[i] ?? Number.NaN) / model(buckets)),
        );
      }
      for (const [i, buckets] of BUCKET_COUNTS.entries())
        expect.soft(isNear(ratios[i] ?? 0), `${buckets} buckets: ${ratios[i]} of the model`).toBe(true);
    },
    180_000,
  );
});

/** A measured time by the model's, whose α is what the first, of next to nothing, takes beside its few bytes. */
function ratio(times: readonly number[], i: number, rate: number): number {
  const [least = 0] = times;
  const onTheWire = modelled(LENGTHS[0] ?? 0, rate, 0);
  return (times[i] ?? 0) / modelled(LENGTHS[i] ?? 0, rate, (least - onTheWire) / 2);
}

function modelled(length: number, rate: number, alpha: number): number {
  // The measured exchange adds nothing up: no γ.
  const added = length / 2 / 4e9;
  return sliceExchange(2, length, networkOf(`${rate}mbit`, alpha)) - added;
}

function isNear(ratio: number): boolean {
  return ratio > 0.8 && ratio < 1.2;
}
