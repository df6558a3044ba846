// The model against the figures that it was designed with, which were worked out apart from this code.
import { describe, expect, test } from "vitest";
import { centralServer, rabenseifner, sliceExchange } from "../../src/plan-ranks/exchange-model.ts";
import { makePlan } from "../../src/plan-ranks/make-plan.ts";
import { networkOf } from "../../src/plan-ranks/network.ts";
import { flopsOfSample, gradientBytes, strongScaling, weakScaling } from "../../src/plan-ranks/step-model.ts";

const net10 = networkOf("10gbit");
const small = { layers: [784, 50, 10], batchSize: 100, itemBytes: 4, flops: 20e9 };
const large = { ...small, layers: [784, 1024, 1024, 10] };

test("a sample costs 0.160 and 9.56 MFLOP; gradients are 159 KB and 7.45 MB", () => {
  expect(flopsOfSample(small.layers) / 1e6).toBeCloseTo(0.16, 3);
  expect(flopsOfSample(large.layers) / 1e6).toBeCloseTo(9.56, 2);
  expect(gradientBytes(small)).toBe(4 * (784 * 50 + 50 + 50 * 10 + 10));
  expect(gradientBytes(large) / 1e6).toBeCloseTo(7.45, 2);
});

describe("an exchange over 10 Gbit/s, in milliseconds", () => {
  test.each([
    { ranks: 2, work: small, ring: 0.22, halving: 0.22 },
    { ranks: 16, work: small, ring: 1.19, halving: 0.53 },
    { ranks: 64, work: small, ring: 4.09, halving: 0.67 },
    { ranks: 2, work: large, ring: 7.3, halving: 7.3 },
    { ranks: 16, work: large, ring: 14.5, halving: 13.9 },
    { ranks: 64, work: large, ring: 18.1, halving: 14.7 },
  ])("$ranks ranks, $work.layers: $ring by slices, $halving by halving", ({ ranks, work, ring, halving }) => {
    const bytes = gradientBytes(work);
    expect(Math.abs(sliceExchange(ranks, bytes, net10) * 1e3 - ring)).toBeLessThan(0.006 * ring + 0.05);
    expect(Math.abs(rabenseifner(ranks, bytes, net10) * 1e3 - halving)).toBeLessThan(0.006 * halving + 0.05);
  });

  test.each([
    [2, 29],
    [16, 233],
    [64, 931],
  ])("a central server takes %i ranks about %i: in proportion to their number", (ranks, expected) => {
    expect(centralServer(ranks, gradientBytes(large), net10) * 1e3).toBeGreaterThan(0.9 * expected);
    expect(centralServer(ranks, gradientBytes(large), net10) * 1e3).toBeLessThan(1.1 * expected);
  });
});

test.each([
  { batchSize: 100, compute: 0.75 },
  { batchSize: 4096, compute: 30.6 },
  { batchSize: 16_384, compute: 122 },
])("64 ranks share a batch of $batchSize: $compute ms of computing each", ({ batchSize, compute }) => {
  const step = strongScaling({ ...large, batchSize }, net10, 64);
  expect(step.compute * 1e3).toBeCloseTo(compute, compute < 1 ? 2 : 0);
  expect(step.inTurns).toBeCloseTo(step.compute + 18.1e-3, 4);
});

test("64 ranks with 1024 rows each compute for 490 ms a step, 96 % of it", () => {
  const step = weakScaling({ ...large, batchSize: 1024 }, net10, 64);
  expect(step.compute * 1e3).toBeCloseTo(490, -0.5);
  expect(step.efficiency).toBeCloseTo(490 / (490 + 18.1), 2);
});

test("the book's network with batch 100 is told not to use more machines", () => {
  const plan = makePlan(small, net10, 64);
  expect(plan.verdict).toMatch(/^Do not: 64 machines are 0\.\d\d times as fast as one/);
  expect(plan.strong.at(-1)?.efficiency).toBeLessThan(0.02);
});

test("a larger batch of a larger network is told how many machines pay, and what the network allows", () => {
  const plan = makePlan({ ...large, batchSize: 4096 }, net10, 64);
  expect(plan.best.ranks).toBe(64);
  expect(plan.verdict).toMatch(/fastest on 64 machines: 40\.\d times/);
  expect(plan.verdict).toContain("below 14.6 ms");
});

test("of a batch of 8 rows no more than 8 machines can have one", () => {
  expect(makePlan({ ...large, batchSize: 8 }, net10, 64).strong.at(-1)?.ranks).toBe(8);
});

test.each(["10gbit", "2.5Gbit", "100mbit"])("%s is a network", (name) => {
  expect(networkOf(name).perByte).toBeGreaterThan(0);
});

test.each(["", "fast", "0gbit", "10", "-1gbit"])("%j is none", (name) => {
  expect(() => networkOf(name)).toThrow(/expected a rate such as 10gbit/);
});
