// The engine's twin: a plain loop over core's net in one thread, book style, must give the same bits.
import { permutation, SGD, TwoLayerNet } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import { beforeAll, describe, expect, test } from "vitest";
import { type Dataset, limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
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

function plainLoop(dtype: "float32" | "float64", activation: "relu" | "sigmoid"): TwoLayerNet {
  const set = data.train;
  const net = new TwoLayerNet(set.columns, 20, set.classes, { seed: SEED, dtype, activation });
  const optimizer = new SGD({ learningRate: 0.1 });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const order = permutation(ROWS, { seed: SEED, stream: `shuffle/${epoch}` });
    for (let start = 0; start < ROWS; start += BATCH) {
      const rows = order.slice(start, start + BATCH);
      const t = ndarray(Int32Array.from(rows, (row) => set.labels[row] ?? -1));
      optimizer.update(net.params, net.gradient(minibatch(set, rows, dtype), t));
    }
  }
  return net;
}

describe("three workers give the weights of a plain loop in one thread, bit for bit", () => {
  test.each([
    { dtype: "float32", activation: "relu" },
    { dtype: "float64", activation: "relu" },
    { dtype: "float32", activation: "sigmoid" },
  ] as const)("$dtype, $activation", async ({ dtype, activation }) => {
    const plain = plainLoop(dtype, activation);
    const parallel = await train(data, {
      workers: 3,
      epochs: EPOCHS,
      batchSize: BATCH,
      hidden: 20,
      seed: SEED,
      dtype,
      activation,
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
