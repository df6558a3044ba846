// Where the bits of a product depend on its size, the cuts are fixed by the run's configuration: tried with kernels that
// make the difference in every product, one rank after the other in one thread.
import { initialValues } from "@gradloom/core";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { resolveOptions, type TrainingOptions } from "../../src/options.ts";
import { mostWorkers, piecesOf, usualPieces } from "../../src/parallel/cuts.ts";
import { evaluationBlocks } from "../../src/parallel/evaluation-blocks.ts";
import { fillData } from "../../src/parallel/fill-data.ts";
import { netLayout } from "../../src/parallel/memory-layout.ts";
import { viewOf } from "../../src/parallel/place.ts";
import { rankState } from "../../src/parallel/rank-state.ts";
import { Heartbeat } from "../../src/parallel/ranks/heartbeat.ts";
import { ShardStep } from "../../src/parallel/ranks/shard-step.ts";
import { shareOf } from "../../src/parallel/ranks/share.ts";
import { fillOrder } from "../../src/parallel/row-order.ts";
import { planRun, type RunPlan } from "../../src/parallel/run-plan.ts";
import { Step } from "../../src/parallel/step.ts";
import { prepareTraining } from "../../src/training-plan.ts";
import { multiplied } from "../support/shape-dependent-kernels.ts";

vi.mock("@gradloom/kernels", async (original) => {
  const kernels = await original<typeof import("@gradloom/kernels")>();
  const { shapeDependent } = await import("../support/shape-dependent-kernels.ts");
  return { ...kernels, createKernels: shapeDependent(kernels.createKernels) };
});

const WORKERS = [1, 2, 3, 5];
const HIDDEN = [20, 12];

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 111), test: limitRows(mnist.test, 20) };
});

beforeEach(() => void multiplied.splice(0));

function planOf(
  given: Partial<TrainingOptions>,
  fixedCuts: boolean,
  rank = 0,
  size = 1,
  buckets = 1,
): RunPlan {
  // Of the same number of pieces on every machine; the option itself is for native kernels alone.
  const options = { ...resolveOptions({ hidden: HIDDEN, backend: "wasm", seed: 7, ...given }), pieces: 4 };
  const sizes = [784, ...HIDDEN, 10];
  const world = { rank, size };
  const ranks = {
    world,
    address: { world: { kind: "alone" as const }, heartbeat: new Heartbeat().words.buffer },
  };
  const plan = planRun(data, sizes, options, { cores: 2, sparseInput: false, fixedCuts, ranks, buckets });
  fillData(plan, data);
  initialValues(netLayout(sizes), viewOf(plan.memory, plan.arrays.parameters), { seed: 7, weightInit: "he" });
  return plan;
}

/** The parameters after an epoch whose ranks take turns in each phase. */
function trained(given: Partial<TrainingOptions>, fixedCuts: boolean): readonly number[] {
  const plan = planOf(given, fixedCuts);
  const order = viewOf(plan.memory, plan.arrays.order);
  fillOrder(order.data, 1, { seed: 7, batchSize: plan.batchSize });
  const states = Array.from({ length: plan.workers }, (_, rank) => rankState(plan, rank));
  for (let start = 0, step = 1; start < order.size; start += plan.batchSize, step++) {
    const rows = Math.min(plan.batchSize, order.size - start);
    const steps = states.map((state) => new Step(state, rows));
    for (const one of steps) one.computeRows(start);
    for (const one of steps) one.sumGradients();
    for (const one of steps) one.update(step, 0.1);
  }
  return [...viewOf(plan.memory, plan.arrays.parameters).data];
}

describe.each<{ name: string; options: Partial<TrainingOptions> }>([
  { name: "batch 50 with a tail of 11 rows", options: { batchSize: 50 } },
  {
    name: "all rows in one batch, adam in float64",
    options: { batchSize: 111, optimizer: "adam", dtype: "float64" },
  },
  { name: "batch 2, rows enough for one piece", options: { batchSize: 2 } },
])("$name", ({ options }) => {
  test("with fixed cuts 1, 2, 3 and 5 workers learn the same bits", () => {
    const [first, ...others] = WORKERS.map((workers) => trained({ ...options, workers }, true));
    for (const parameters of others) expect(parameters).toEqual(first);
  });

  test("without them each number of workers learns others", () => {
    const learned = WORKERS.map((workers) => JSON.stringify(trained({ ...options, workers }, false)));
    expect(new Set(learned).size).toBe(WORKERS.length);
  });
});

/** What all ranks together multiply in a step. */
function products(ranks: number, workers: number, fixedCuts: boolean, buckets = 1): readonly string[] {
  multiplied.splice(0);
  for (let rank = 0; rank < ranks; rank++) {
    const plan = planOf({ shards: 4, batchSize: 111, workers }, fixedCuts, rank, ranks, buckets);
    const counts = [27, 28, 28, 28].slice(plan.share?.own.from, plan.share?.own.to);
    const states = Array.from({ length: workers }, (_, worker) => rankState(plan, worker));
    const steps = states.map((state) => new ShardStep(plan, state, counts, 111));
    for (const step of steps) step.computeRows(0);
    for (const step of steps) step.sumGradients();
  }
  return multiplied.toSorted();
}

test("in shards, any number of ranks and workers multiplies the same pieces, and without fixed cuts others", () => {
  const expected = products(1, 1, true);
  for (const ranks of [1, 2, 4])
    for (const workers of [1, 2, 3]) expect(products(ranks, workers, true)).toEqual(expected);
  for (const buckets of [2, 4]) expect(products(2, 1, true, buckets), `${buckets} buckets`).toEqual(expected);
  expect(products(2, 2, true, 2)).toEqual(expected);
  expect(products(1, 2, false)).not.toEqual(products(1, 1, false));
  expect(products(2, 1, false)).not.toEqual(products(1, 1, false));
});

test("the blocks of evaluation are the same for any number of ranks, and cover every row", () => {
  const blocks = (size: number, rows: number) =>
    Array.from({ length: size }, (_, rank) => {
      const share = shareOf(1000, { shards: 8, batchSize: 64 }, { rank, size });
      return evaluationBlocks({ share, fixedCuts: true, evaluatedAtOnce: 64 }, "train", rows);
    }).flat();
  for (const rows of [1000, 101, 5]) {
    expect(blocks(1, rows).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(rows);
    for (const size of [2, 4, 8]) expect(blocks(size, rows)).toEqual(blocks(1, rows));
  }
});

test("there are as many pieces as the run says, fewer for few rows, and as many workers have something to do", () => {
  expect([1, 8, 16, 37, 100, 10_000].map((rows) => piecesOf(rows, 4))).toEqual([1, 1, 2, 4, 4, 4]);
  expect([1, 16, 10_000].map((rows) => piecesOf(rows, 1))).toEqual([1, 1, 1]);
  const book = netLayout([784, 50, 10]);
  expect(mostWorkers(book, { batchSize: 100, pieces: 4 })).toBe(4);
  expect(mostWorkers(book, { batchSize: 100, pieces: 16 })).toBe(16);
  expect(mostWorkers(netLayout([4, 10, 3]), { batchSize: 100, pieces: 16 })).toBe(12);
  expect(mostWorkers(book, { batchSize: 800, shards: 8, pieces: 4 })).toBe(32);
});

test("of the ranks that share a run, each starts the workers that its own shards give something to do", () => {
  const options = { batchSize: 64, shards: 8, hidden: 50, backend: "blas", pieces: 4, workers: 9 } as const;
  const started = (ranks: number): number => {
    const { workers } = prepareTraining(data, options, { ranks }).options;
    const world = { rank: 0, size: ranks };
    const { own } = shareOf(data.train.rows, options, world) ?? { own: { from: 0, to: 0 } };
    // Of every shard a step has 8 rows, too few for two pieces; the parameters are cut into four.
    expect(workers).toBe(Math.max(own.to - own.from, 4));
    return workers;
  };
  expect([1, 2, 4, 8].map(started)).toEqual([8, 4, 4, 4]);
});

test("a run that does not say has a piece for every core, and two at least", () => {
  expect([1, 2, 3, 64, 1000].map(usualPieces)).toEqual([2, 2, 3, 64, 256]);
});
