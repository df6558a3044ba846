// The engine's twin: a plain loop over core's net in one thread, book style, must give the same bits.
import { cosineDecay, type FloatArray, linearWarmUp, stepDecay } from "@gradloom/core";
import ndarray from "ndarray";
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { train } from "../../src/train.ts";
import { weightsSha256 } from "../../src/weights-sha256.ts";
import { type LoopSettings, labelsOf, minibatch, plainLoop } from "../support/plain-loop.ts";

/** The last minibatch of an epoch has 30 rows. */
const OPTIONS = { epochs: 2, batchSize: 50, hidden: 20, init: 0.05, seed: 11 } as const;
const STEPS = 5;

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 230), test: limitRows(mnist.test, 100) };
});

type Case = Required<Pick<TrainingOptions, "dtype" | "activation" | "hidden" | "optimizer">>;

describe("three workers give the weights of a plain loop in one thread, bit for bit", () => {
  test.each<Case>([
    { dtype: "float32", activation: "relu", hidden: 20, optimizer: "sgd" },
    { dtype: "float64", activation: "relu", hidden: 20, optimizer: "sgd" },
    { dtype: "float32", activation: "sigmoid", hidden: 20, optimizer: "sgd" },
    { dtype: "float32", activation: "relu", hidden: [20, 17, 12], optimizer: "sgd" },
    { dtype: "float32", activation: "relu", hidden: 20, optimizer: "adam" },
    { dtype: "float64", activation: "sigmoid", hidden: [20, 17, 12], optimizer: "adamw" },
    { dtype: "float32", activation: "relu", hidden: 20, optimizer: "momentum" },
    { dtype: "float32", activation: "relu", hidden: 20, optimizer: "nesterov" },
    { dtype: "float32", activation: "relu", hidden: 20, optimizer: "adagrad" },
    { dtype: "float32", activation: "relu", hidden: 20, optimizer: "rmsprop" },
  ])("$dtype, $activation, hidden $hidden, $optimizer", async (chosen) => {
    const { dtype } = chosen;
    const plain = plainLoop(data, { ...OPTIONS, ...chosen });
    const parallel = await train(data, { ...OPTIONS, ...chosen, workers: 3 });
    expect(parallel.sha256).toBe(weightsSha256(plain.layout, plain.parameters));
    expect(parallel.net.parameters.data).toEqual(plain.parameters.data);
    const all = Int32Array.from({ length: 100 }, (_, i) => i);
    const [images, labels] = [minibatch(data.test, all, dtype), labelsOf(data.test, all)];
    expect(parallel.testAccuracy).toBe(plain.accuracy(images, labels));
    expect(parallel.testLoss).toBeCloseTo(plain.loss(images, labels), 12);
    const counted = parallel.confusion.flat();
    expect(counted.reduce((sum, count) => sum + count)).toBe(data.test.rows);
    const diagonal = parallel.confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
    expect(diagonal / data.test.rows).toBe(parallel.testAccuracy);
  });
});

describe("two workers do so with all that options change of it", () => {
  const learningRate = 0.2;
  let without: FloatArray;

  beforeAll(() => {
    without = plainLoop(data, OPTIONS).parameters.data;
  });

  test.each<{ options: Partial<TrainingOptions>; settings?: LoopSettings }>([
    { options: { weightDecay: 0.01 } },
    { options: { optimizer: "adam", weightDecay: 0.1 } },
    { options: { optimizer: "momentum", momentum: 0.5 } },
    { options: { clipNorm: 0.3 } },
    { options: { clipNorm: 0.05, optimizer: "adam", dtype: "float64" } },
    { options: { limitBatches: 3 } },
    { options: { batchSize: 1, limitBatches: 70, learningRate: 0.05 } },
    { options: { batchSize: 1, limitBatches: 40, optimizer: "adam", activation: "sigmoid" } },
    { options: { batchSize: 1, limitBatches: 40, weightDecay: 0.01, clipNorm: 0.5, dtype: "float64" } },
    { options: { overfitOneBatch: true, epochs: 3 } },
    { options: { overfitOneBatch: true, limitBatches: 2 } },
    {
      options: { schedule: "step", stepEvery: 1, stepFactor: 0.5, learningRate, epochs: 3 },
      settings: { schedule: stepDecay({ learningRate, every: STEPS, factor: 0.5 }) },
    },
    {
      options: { schedule: "cosine", learningRate },
      settings: { schedule: cosineDecay({ learningRate, iterations: 2 * STEPS }) },
    },
    {
      options: { warmUp: 4, schedule: "cosine", learningRate },
      settings: {
        schedule: linearWarmUp({ iterations: 4 }, cosineDecay({ learningRate, iterations: 2 * STEPS })),
      },
    },
  ])("$options", async ({ options, settings }) => {
    const plain = plainLoop(data, { ...OPTIONS, ...options }, settings);
    const parallel = await train(data, { ...OPTIONS, ...options, workers: 2 });
    expect(parallel.sha256).toBe(weightsSha256(plain.layout, plain.parameters));
    // The option really changes something: these are not the bits of the run without it.
    expect(plain.parameters.data).not.toEqual(without);
  });

  test("a learning rate that falls when the validation loss no longer does", async () => {
    const validated = { ...data, validation: limitRows(data.test, 60) };
    const options = {
      ...OPTIONS,
      epochs: 8,
      learningRate: 1.5,
      schedule: "plateau",
      stepEvery: 1,
      stepFactor: 0.5,
    } as const;
    const plain = plainLoop(validated, options, { plateau: { patience: 0, factor: 0.5 } });
    let last = "";
    const { history } = await train(
      validated,
      { ...options, workers: 2 },
      {
        save: ({ parameters }) => {
          last = weightsSha256(plain.layout, ndarray(parameters));
        },
      },
    );
    expect(last).toBe(weightsSha256(plain.layout, plain.parameters));
    const rates = history.map((record) => record.learningRate);
    expect(rates[0]).toBe(1.5);
    expect(rates.at(-1)).toBeLessThan(1.5);
  });
});
