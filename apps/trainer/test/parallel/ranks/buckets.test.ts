// The parts that gradients are exchanged in: when there are several, and that they hold every element once.
import { alone } from "@gradloom/collective";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/errors.ts";
import { resolveOptions, type TrainingOptions } from "../../../src/options.ts";
import { netLayout } from "../../../src/parallel/memory-layout.ts";
import { PlaceCursor } from "../../../src/parallel/place.ts";
import { agreedBuckets, bucketsOf } from "../../../src/parallel/ranks/buckets.ts";
import { exchangePlaces } from "../../../src/parallel/ranks/exchange-layout.ts";
import { shareOf } from "../../../src/parallel/ranks/share.ts";
import { bucketStarts } from "../../../src/parallel/shards.ts";
import { makePlan } from "../../../src/plan-ranks/make-plan.ts";
import { networkOf } from "../../../src/plan-ranks/network.ts";
import { overlapFlag } from "../../../src/plan-ranks/train-flags.ts";

const BOOK = [784, 50, 10];
const WIDE = [784, 1024, 1024, 10];

function buckets(layers: readonly number[], ranks: number, given: Partial<TrainingOptions>): number {
  const options = resolveOptions({ shards: 64, workers: 1, ...given });
  const backend = options.backend === "blas" ? "blas" : "wasm";
  return bucketsOf({ options, layers, backend }, ranks);
}

describe("by itself", () => {
  test("the book's network never overlaps, nor a run whose computing leaves nothing to hide", () => {
    for (const ranks of [2, 8, 64]) expect(buckets(BOOK, ranks, { batchSize: 100 })).toBe(1);
    expect(buckets(WIDE, 2, { batchSize: 16_384 })).toBe(1);
  });

  test("a wide net does where exchange and computing are of one size, which more workers move to larger batches", () => {
    expect(buckets(WIDE, 4, { batchSize: 512 })).toBe(8);
    expect(buckets(WIDE, 4, { batchSize: 16_384 })).toBe(1);
    expect(buckets(WIDE, 4, { batchSize: 16_384, workers: 32 })).toBe(8);
    expect(buckets(WIDE, 4, { batchSize: 512, workers: 32 })).toBe(1);
  });
});

test("on and off are obeyed; a net too small for two parts has one", () => {
  expect(buckets(WIDE, 8, { batchSize: 512, overlap: "off" })).toBe(1);
  expect(buckets(BOOK, 2, { batchSize: 100, overlap: "on" })).toBe(2);
  expect(buckets([4, 3, 2], 64, { batchSize: 100, overlap: "on" })).toBe(1);
});

test("one process has nobody to exchange with, whatever it is told", () => {
  const options = resolveOptions({ overlap: 8, shards: 8 });
  const planned = { options, layers: [4, 3, 2], backend: "wasm" } as const;
  expect(agreedBuckets(undefined, planned)).toBe(1);
  expect(agreedBuckets({ world: alone() }, planned)).toBe(1);
});

describe("told by the plan", () => {
  test.each(["10gbit", "1gbit", "100mbit"])(
    "over %s a run has the parts of its line, where it is told them",
    (net) => {
      const told: unknown[] = [];
      for (const layers of [BOOK, WIDE, [16, 100, 3], [4, 3, 2]])
        for (const flops of [2e9, 20e9, 500e9])
          for (const batchSize of [100, 512, 4096]) {
            const plan = makePlan({ layers, batchSize, itemBytes: 4, flops }, networkOf(net), 64);
            for (const line of plan.strong.slice(1)) {
              const overlap = overlapFlag(line);
              expect(buckets(layers, line.ranks, { batchSize, overlap })).toBe(line.buckets);
              told.push(overlap);
            }
          }
      expect(new Set(told).size).toBeGreaterThan(2);
    },
  );

  test("what the run cannot do is refused, with what it can", () => {
    const few = (layers: readonly number[], given: Partial<TrainingOptions>) => () =>
      buckets(layers, 4, { batchSize: 512, ...given });
    expect(few([4, 3, 2], { overlap: 2 })).toThrow(UsageError);
    expect(few([4, 3, 2], { overlap: 2 })).toThrow(
      "overlap 2: this run's gradients cannot be exchanged in so many parts on 4 ranks. Use overlap off.",
    );
    const native = { backend: "blas", pieces: 4, workers: 1 } as const;
    expect(few(WIDE, { ...native, overlap: 8 })).toThrow("Use overlap off, 2 or 4.");
    expect(few(WIDE, { ...native, overlap: 4 })()).toBe(4);
  });
});

describe("with a native backend, where a part is too small for all workers", () => {
  const asked = (pieces: number, workers: number, overlap: 2 | 4 | 8) => () =>
    buckets(WIDE, 2, { batchSize: 4096, overlap, backend: "blas", pieces, workers });

  test("the refusal names their number, and the one that would do", () => {
    expect(asked(8, 4, 8)).toThrow(
      "overlap 8: of 8 pieces of the parameters each part has 1, too few for 4 workers. " +
        "Use --workers 1 (from code, workers: 1), or overlap off or 2.",
    );
    expect(asked(8, 1, 8)()).toBe(8);
    expect(asked(8, 3, 4)).toThrow("each part has 2, too few for 3 workers. Use --workers 2 (");
    expect(asked(8, 2, 4)()).toBe(4);
  });

  test("it does not where fewer workers would not help", () => {
    for (const workers of [1, 4])
      expect(asked(6, workers, 4)).toThrow("cannot be exchanged in so many parts");
    expect(asked(4, 4, 8)).toThrow("cannot be exchanged in so many parts on 2 ranks. Use overlap off.");
  });
});

test("where cuts are fixed every bucket has whole slices, one for every worker", () => {
  const of = (pieces: number) => (workers: number) =>
    buckets(WIDE, 2, { batchSize: 4096, overlap: "on", backend: "blas", pieces, workers });
  expect([1, 2, 4, 8].map(of(8))).toEqual([8, 4, 2, 1]);
  expect([1, 2].map(of(2))).toEqual([2, 1]);
  expect([1, 2].map(of(3))).toEqual([1, 1]);
});

test.each([1, 2, 8])("on %i ranks every element is exchanged once, after it was computed", (size) => {
  for (const layers of [[30, 20, 9, 40, 3], BOOK, [20, 1000, 7]])
    for (const count of [1, 2, 4]) {
      const layout = netLayout(layers);
      const starts = bucketStarts(layout, layers.length - 1, count);
      const share = shareOf(1000, { shards: 8, batchSize: 64 }, { rank: 0, size });
      if (share === undefined) throw new Error("no share");
      const places = exchangePlaces(share, layout.length, starts, "float32", new PlaceCursor());
      const inOrder = places.buckets.toReversed();
      let next = 0;
      for (const [i, { from, slice }] of inOrder.entries()) {
        expect(from).toBe(next);
        expect(from).toBeGreaterThanOrEqual(starts[i] ?? 0);
        expect(slice % 16).toBe(0);
        next = from + slice * size;
      }
      expect(next).toBe(places.gradients.shape[0]);
      expect(next).toBeGreaterThanOrEqual(layout.length);
    }
});
