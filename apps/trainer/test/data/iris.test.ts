// From a CSV file to a model file and back: iris, as well as scikit-learn does on the same rows, and the same
// predictions from the raw file as from the prepared rows. fixtures/iris.csv is Fisher's data (1936, public domain) as
// scikit-learn 1.2.1 carries it, with its header and class names written out.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { loadData } from "../../src/data/load-data.ts";
import { readRows } from "../../src/data/rows/read-rows.ts";
import { cardOf } from "../../src/model/card-of.ts";
import { loadModelFile, modelBytes } from "../../src/model/model-file.ts";
import { train } from "../../src/train.ts";
import { fileOf } from "../support/temporary-file.ts";

const IRIS = new URL("../fixtures/iris.csv", import.meta.url).pathname;
const OPTIONS = {
  hidden: 16,
  epochs: 50,
  batchSize: 10,
  optimizer: "adam",
  learningRate: 0.01,
  init: "he",
} as const;
/** fixtures/mlp-classifier.py split.npz 16 50 10 0.01, with the split of seed 0, scikit-learn 1.2.1: mean of ten seeds. */
const SCIKIT_LEARN = 0.9367;

test("iris is learned as well as scikit-learn's MLPClassifier learns it, on the same split", async () => {
  const data = await loadData(IRIS);
  const accuracies: number[] = [];
  for (let seed = 0; seed < 5; seed++) {
    accuracies.push((await train(data, { ...OPTIONS, seed, workers: 1, backend: "wasm" })).testAccuracy);
  }
  const mean = accuracies.reduce((sum, x) => sum + x, 0) / accuracies.length;
  // A row of the thirty is 0.033.
  expect(Math.abs(mean - SCIKIT_LEARN)).toBeLessThan(0.04);
});

test("a saved model predicts from the raw file what it predicts from the prepared rows", async () => {
  const data = await loadData(IRIS);
  const { net, testAccuracy } = await train(data, { ...OPTIONS, epochs: 5, workers: 2 });
  const path = fileOf("model.safetensors", modelBytes(net, cardOf(data, { seed: "0" })));
  const model = await loadModelFile(path);
  const { images, labels, rows, columns } = data.test;
  const x = ndarray(Float32Array.from(images), [rows, columns]);
  expect(model.net.accuracy(x, ndarray(Int32Array.from(labels), [rows]))).toBeCloseTo(testAccuracy, 12);

  const raw = await readRows([IRIS], model);
  const all = raw.x.data;
  // Every prepared test row is among the rows that were read from the raw file, to the bit.
  const lines = new Set(Array.from({ length: 150 }, (_, i) => all.subarray(4 * i, 4 * i + 4).join()));
  for (let i = 0; i < rows; i++) expect(lines.has(x.data.subarray(4 * i, 4 * i + 4).join())).toBe(true);
  expect(raw.labels).toHaveLength(150);
});
