// What a run of several ranks would be: worked out as the ranks themselves take it, in shards.
import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/errors.ts";
import { planRun } from "../../../src/parallel/run-plan.ts";
import { planTraining, prepareTraining } from "../../../src/training-plan.ts";

const samples = {
  images: new Uint8Array(400).map((_, i) => i),
  labels: new Uint8Array(100).map((_, i) => i % 3),
  rows: 100,
  columns: 4,
  classes: 3,
  scale: 1,
};
const data = { train: samples, test: samples, name: "a hundred rows" };
const native = { batchSize: 100, hidden: 10, backend: "blas", pieces: 5, workers: 64 } as const;

describe("with a native backend, whose workers take whole pieces", () => {
  // Of eight shards each has 13 rows at most, one piece; the 14 rows of W are one piece too.
  test.each([
    [1, 8],
    [2, 4],
    [4, 2],
    [8, 1],
  ])("each of %i ranks has work for %i workers", (ranks, workers) => {
    expect(planTraining(data, native, ranks).options).toMatchObject({ shards: 8, workers });
  });

  test("without a launcher there are no shards, but the pieces of the whole batch", () => {
    expect(planTraining(data, native).options).toMatchObject({ workers: 5 });
    expect(planTraining(data, native).options.shards).toBeUndefined();
  });
});

test("shards that are named are kept, and refused where the ranks cannot share them, as by the run", () => {
  const options = { batchSize: 100, backend: "wasm" } as const;
  expect(planTraining(data, { ...options, shards: 16 }, 16).options.shards).toBe(16);
  expect(() => planTraining(data, options, 16)).toThrow("expected --shards 16 or more");
  expect(() => planTraining(data, options, 3)).toThrow(UsageError);
  expect(() => planTraining(data, { batchSize: 4 }, 2)).toThrow("shards 8 needs batchSize of at least 8");
});

test.each([undefined, 4, 16])("the memory planned for %s shards is what the run takes", (shards) => {
  const options = { batchSize: 100, hidden: [64, 64], backend: "wasm", ...(shards && { shards }) } as const;
  const { used, layers, options: settled, sparse, memory } = prepareTraining(data, options);
  const run = planRun(used, layers, settled, { cores: 2, sparseInput: sparse });
  const page = 2 ** 16;
  expect(run.memory.buffer.byteLength).toBe(Math.ceil(memory.total / page) * page);
});
