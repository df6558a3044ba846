// The promise of the engine: the number of workers changes no bit of the weights.
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { train } from "../../src/train.ts";

const ALL = [1, 2, 3, 5, 7];
const full = process.env.SAME_BITS === "full";
/** Every thread costs a start: the everyday run takes all counts where most is cut, and an uneven one elsewhere. */
const SOME = full ? ALL : [1, 3];
/** Workers that get no row of the last minibatch. */
const MANY = full ? ALL : [1, 5];

/** For the long suite: what it cuts, others cut too, or a plain loop is compared with. */
const LONG = [
  { name: "the strict kernels", options: { batchSize: 37, backend: "wasm" }, counts: SOME },
  { name: "all rows in one batch", options: { batchSize: 600 }, counts: SOME },
  { name: "sigmoid", options: { batchSize: 37, activation: "sigmoid" }, counts: SOME },
] as const;

/** Everything that the cuts could touch, for the long suite. */
const MATRIX = (["sgd", "adam"] as const).flatMap((optimizer) =>
  [[30], [40, 30, 20]].flatMap((hidden) =>
    [100, 37, 600].flatMap((batchSize) =>
      (["float32", "float64"] as const).map((dtype) => {
        const options = { optimizer, hidden, batchSize, dtype };
        return { name: JSON.stringify(options), options, counts: ALL };
      }),
    ),
  ),
);

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 600), test: limitRows(mnist.test, 250) };
});

describe("any number of workers gives the same SHA-256", () => {
  test.each<{ name: string; options: Partial<TrainingOptions>; counts: readonly number[] }>([
    { name: "batch 100", options: { batchSize: 100 }, counts: SOME },
    { name: "batch 37, with a tail of 8 rows", options: { batchSize: 37 }, counts: ALL },
    { name: "a tail of 1 row: fewer rows than workers", options: { limit: 501 }, counts: MANY },
    {
      name: "batch 2: fewer rows than workers in every step",
      options: { batchSize: 2, limit: 41 },
      counts: SOME,
    },
    { name: "three hidden layers", options: { hidden: [40, 30, 20], learningRate: 0.5 }, counts: SOME },
    { name: "adam, with a tail", options: { batchSize: 37, optimizer: "adam" }, counts: SOME },
    { name: "float64", options: { batchSize: 37, dtype: "float64" }, counts: SOME },
    { name: "the reference kernels", options: { limit: 111, backend: "reference" }, counts: SOME },
    ...(full ? [...LONG, ...MATRIX] : []),
  ])("$name: $counts workers", async ({ options, counts }) => {
    const results = [];
    for (const workers of counts)
      results.push(await train(data, { ...options, workers, epochs: 2, seed: 7 }));
    const [first] = results;
    for (const { net, workers, seconds, samplesPerSecond, ...judged } of results) {
      expect(judged, `${workers} workers`).toMatchObject({
        sha256: first?.sha256,
        loss: first?.loss,
        trainAccuracy: first?.trainAccuracy,
        testAccuracy: first?.testAccuracy,
        trainLoss: first?.trainLoss,
        testLoss: first?.testLoss,
        confusion: first?.confusion,
      });
    }
  });
});

test("a batch of one row has nothing to share: it runs on one worker, whatever was asked for", async () => {
  const options = { batchSize: 1, limit: 30, epochs: 1 };
  const alone = await train(data, { ...options, workers: 1 });
  const asked = await train(data, { ...options, workers: 7 });
  expect([asked.workers, asked.sha256]).toEqual([1, alone.sha256]);
});
