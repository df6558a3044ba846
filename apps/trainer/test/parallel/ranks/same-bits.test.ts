// A run in shards on one machine: the bits of a plain loop written from the definition, for any number of workers.
import { beforeAll, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../../src/data/dataset.ts";
import { loadMnist } from "../../../src/data/mnist.ts";
import type { TrainingOptions } from "../../../src/options.ts";
import { train, trainOn } from "../../../src/train.ts";
import { weightsSha256 } from "../../../src/weights-sha256.ts";
import { shardLoop } from "../../support/shard-loop.ts";

const full = process.env.SAME_BITS === "full";
/** Workers and buckets: the everyday run takes each number once. */
const WAYS = full
  ? [
      [1, 1],
      [2, 1],
      [3, 1],
      [1, 4],
      [2, 2],
      [3, 4],
    ]
  : [
      [2, 1],
      [1, 2],
      [3, 4],
    ];

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 203), test: limitRows(mnist.test, 100) };
});

test.each<{ name: string; options: Partial<TrainingOptions> & { shards: number } }>([
  { name: "4 shards of uneven size", options: { shards: 4, batchSize: 37 } },
  { name: "8 shards, some with no row in a step", options: { shards: 8, batchSize: 8, limit: 90 } },
  {
    name: "2 shards, adam, two hidden layers",
    options: { shards: 2, batchSize: 50, optimizer: "adam", hidden: [20, 12] },
  },
  { name: "4 shards, float64, all rows in a step", options: { shards: 4, batchSize: 203, dtype: "float64" } },
])(
  "$name: 1, 2 and 3 workers give the plain loop's bits, in one, two or four buckets",
  async ({ options }) => {
    const chosen = { batchSize: 37, hidden: 20, ...options, epochs: 2, seed: 7 };
    const used =
      options.limit === undefined ? data : { ...data, train: limitRows(data.train, options.limit) };
    const loop = shardLoop(used, chosen);
    const expected = weightsSha256(loop.layout, loop.parameters);
    for (const [workers = 1, buckets = 1] of WAYS) {
      const { sha256 } = await trainOn(data, { ...chosen, workers }, {}, { buckets });
      expect(sha256, `${workers} workers, ${buckets} buckets`).toBe(expected);
    }
  },
);

test("another number of shards is another run: what is summed first is not the same", async () => {
  const options = { epochs: 1, batchSize: 40, hidden: 8, workers: 1 };
  const [two, four] = [
    await train(data, { ...options, shards: 2 }),
    await train(data, { ...options, shards: 4 }),
  ];
  expect(two.sha256).not.toBe(four.sha256);
});

test("one shard is the plain run", async () => {
  const options = { epochs: 1, batchSize: 40, hidden: 8, workers: 2 };
  const [plain, one] = [await train(data, options), await train(data, { ...options, shards: 1 })];
  expect(one.sha256).toBe(plain.sha256);
});
