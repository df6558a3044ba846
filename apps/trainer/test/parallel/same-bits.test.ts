// The promise of the engine: the number of workers changes no bit of the weights.
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { train } from "../../src/train.ts";

const WORKERS = [1, 2, 3, 5, 7];

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 600), test: limitRows(mnist.test, 250) };
});

describe("1, 2, 3, 5 and 7 workers give the same SHA-256", () => {
  test.each([
    { name: "batch 100", options: { batchSize: 100 } },
    { name: "batch 37, with a tail of 8 rows", options: { batchSize: 37 } },
    { name: "a tail of 1 row: fewer rows than workers", options: { batchSize: 100, limit: 501 } },
    { name: "batch 2: fewer rows than workers in every step", options: { batchSize: 2, limit: 41 } },
    { name: "all rows in one batch", options: { batchSize: 600 } },
    { name: "batch 1", options: { batchSize: 1, limit: 30 } },
    { name: "three hidden layers", options: { batchSize: 37, hidden: [40, 30, 20], learningRate: 0.5 } },
    { name: "adam, with a tail", options: { batchSize: 37, optimizer: "adam" } },
    { name: "adam, three hidden layers", options: { hidden: [40, 30, 20], optimizer: "adam" } },
    { name: "float64", options: { batchSize: 37, dtype: "float64" } },
    { name: "sigmoid", options: { batchSize: 37, activation: "sigmoid" } },
    { name: "the reference kernels", options: { batchSize: 37, limit: 111, backend: "reference" } },
  ] as const)("$name", async ({ options }) => {
    const results = [];
    for (const workers of WORKERS)
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
