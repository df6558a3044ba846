// The engine's twin: a plain loop over core's net in one thread, book style, must give the same bits.
import { MultiLayerNet, permutation } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import { beforeAll, describe, expect, test } from "vitest";
import { type Dataset, limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { resolveOptions, type TrainingOptions } from "../../src/options.ts";
import { optimizerOf } from "../../src/parallel/optimizer.ts";
import { train } from "../../src/train.ts";
import { weightsSha256 } from "../../src/weights-sha256.ts";

const ROWS = 230;
const BATCH = 50; // the last minibatch of an epoch has 30 rows
const EPOCHS = 2;
const SEED = 11;

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, ROWS), test: limitRows(mnist.test, 100) };
});

/** Rows as floats, pixel by pixel. */
function minibatch(set: Dataset, rows: Int32Array, dtype: "float32" | "float64"): Tensor {
  const Float = dtype === "float32" ? Float32Array : Float64Array;
  const scale = dtype === "float32" ? Math.fround(set.scale) : set.scale;
  const values = new Float(rows.length * set.columns);
  rows.forEach((row, i) => {
    for (let j = 0; j < set.columns; j++)
      values[i * set.columns + j] = (set.images[row * set.columns + j] ?? 0) * scale;
  });
  return ndarray(values, [rows.length, set.columns]);
}

type Case = Required<Pick<TrainingOptions, "dtype" | "activation" | "hidden" | "optimizer">>;

function plainLoop({ dtype, activation, hidden, optimizer }: Case): MultiLayerNet {
  const set = data.train;
  const net = new MultiLayerNet({
    inputSize: set.columns,
    hiddenSizes: [hidden].flat(),
    outputSize: set.classes,
    weightInit: 0.05,
    seed: SEED,
    dtype,
    activation,
  });
  const { learningRate } = resolveOptions({ optimizer });
  const walker = optimizerOf(optimizer, { learningRate });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const order = permutation(ROWS, { seed: SEED, stream: `shuffle/${epoch}` });
    for (let start = 0; start < ROWS; start += BATCH) {
      const rows = order.slice(start, start + BATCH);
      const t = ndarray(Int32Array.from(rows, (row) => set.labels[row] ?? -1));
      walker.update(net.params, net.gradient(minibatch(set, rows, dtype), t));
    }
  }
  return net;
}

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
  ])("$dtype, $activation, hidden $hidden, $optimizer", async (options) => {
    const { dtype } = options;
    const plain = plainLoop(options);
    const parallel = await train(data, {
      ...options,
      workers: 3,
      epochs: EPOCHS,
      batchSize: BATCH,
      init: 0.05,
      seed: SEED,
    });
    expect(parallel.sha256).toBe(weightsSha256(plain.layout, plain.parameters));
    expect(parallel.net.parameters.data).toEqual(plain.parameters.data);
    const images = minibatch(
      data.test,
      Int32Array.from({ length: 100 }, (_, i) => i),
      dtype,
    );
    const labels = ndarray(Int32Array.from(data.test.labels));
    expect(parallel.testAccuracy).toBe(plain.accuracy(images, labels));
    expect(parallel.testLoss).toBeCloseTo(plain.loss(images, labels), 12);
    const counted = parallel.confusion.flat();
    expect(counted.reduce((sum, count) => sum + count)).toBe(data.test.rows);
    const diagonal = parallel.confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
    expect(diagonal / data.test.rows).toBe(parallel.testAccuracy);
  });
});
