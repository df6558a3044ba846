// What overlap of exchange and backward is said to bring: by hand, at its bounds, and in the plan's own words.
import { describe, expect, test } from "vitest";
import { makePlan } from "../../src/plan-ranks/make-plan.ts";
import { networkOf } from "../../src/plan-ranks/network.ts";
import {
  BUCKET_COUNTS,
  fastestBuckets,
  payingBuckets,
  stepInBuckets,
} from "../../src/plan-ranks/overlap-model.ts";
import { planLines } from "../../src/plan-ranks/plan-text.ts";
import { stepParts, strongScaling } from "../../src/plan-ranks/step-model.ts";

const net10 = networkOf("10gbit");
const small = { layers: [784, 50, 10], batchSize: 100, itemBytes: 4, flops: 20e9 };
const large = { ...small, layers: [784, 1024, 1024, 10], batchSize: 4096 };
/** The sum of a byte costs next to nothing beside these. */
const network = (perByte: number) => ({ name: "", latency: 0.25, perByte });

describe("two buckets of 4 s and 8 bytes each after 3 s of forward, on two ranks, by hand", () => {
  const parts = { before: 3, weights: 8, bytes: 16 };

  test("computing is longer: only the last bucket's exchange is to be seen", () => {
    // Ready at 7 and 11; an exchange is two messages of 0.25 s and 2·½·8 bytes of 0.1 s.
    expect(stepInBuckets(parts, 2, network(0.1), 2)).toBeCloseTo(11 + 0.5 + 0.8, 3);
    expect(stepInBuckets(parts, 2, network(0.1), 1)).toBeCloseTo(11 + 0.5 + 1.6, 3);
  });

  test("sending is longer: it begins with the first bucket and never rests", () => {
    expect(stepInBuckets(parts, 2, network(1), 2)).toBeCloseTo(7 + 2 * (0.5 + 8), 3);
  });

  test("on one rank nothing is sent", () => {
    expect(stepInBuckets(parts, 1, network(1), 1)).toBe(11);
  });
});

test.each([2, 8, 64])(
  "on %i ranks a step is longer than its computing, and no longer than in turns",
  (ranks) => {
    for (const batchSize of [100, 512, 4096, 16_384])
      for (const layers of [small.layers, large.layers]) {
        const { compute, step, inTurns } = strongScaling({ ...large, layers, batchSize }, net10, ranks);
        expect(step).toBeGreaterThan(compute);
        expect(step).toBeLessThanOrEqual(inTurns);
      }
  },
);

test("the fastest number of buckets is the fastest of all; where it saves too little there is one", () => {
  for (const batchSize of [100, 2048, 16_384]) {
    const parts = stepParts({ ...large, batchSize }, batchSize / 8);
    const times = BUCKET_COUNTS.map((buckets) => stepInBuckets(parts, 8, net10, buckets));
    const fastest = Math.min(...times);
    expect(stepInBuckets(parts, 8, net10, fastestBuckets(parts, 8, net10))).toBe(fastest);
    const pays = fastest < 0.95 * (times[0] ?? 0);
    expect(payingBuckets(parts, 8, net10) > 1, `batch ${batchSize}`).toBe(pays);
  }
  expect(payingBuckets(stepParts(small, 50), 2, net10)).toBe(1);
});

test("the plan says in how many parts each step overlaps, what that takes off, and how to start it", () => {
  const lines = planLines(makePlan(large, net10, 64), { gflops: 20, measured: false });
  const rows = lines
    .filter((line) => /^ +\d+ /.test(line))
    .map((line) => [Number.parseInt(line, 10), / ms +(off|[248]) +\d/.exec(line)?.[1]]);
  expect(rows.slice(0, 7)).toEqual([
    [1, undefined],
    ...[2, 4, 8].map((ranks) => [ranks, "off"]),
    ...[16, 32].map((ranks) => [ranks, String(strongScaling(large, net10, ranks).buckets)]),
    [64, "off"],
  ]);
  expect(lines.join("\n")).toMatch(/takes up to 1\d % off a step \(77\.2 ms to 6\d\.\d ms, on 32 machines\)/);
  expect(lines.join("\n")).toContain(
    "-n 64 npx gradloom train --hidden 1024,1024 --batch-size 4096 --shards 64 --overlap off",
  );
  const none = planLines(makePlan(small, net10, 8), { gflops: 20, measured: false });
  expect(none.join("\n")).toContain("to overlap them would not pay here");
  expect(none.join("\n")).toContain("gradloom train --hidden 50 --batch-size 100 --overlap off");
});
