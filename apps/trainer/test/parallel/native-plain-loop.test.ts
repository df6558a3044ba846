// The engine on a native BLAS, in one piece, beside a plain loop over core's layers on the same kernels.
import { createKernels } from "@gradloom/kernels";
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { train } from "../../src/train.ts";
import { blasHere } from "../support/blas-here.ts";
import { plainLoop } from "../support/plain-loop.ts";

const { libraries, reason } = blasHere();
if (libraries.length === 0) {
  process.stderr.write(`SKIPPED: training on a native BLAS beside a plain loop, because ${reason}\n`);
}

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 330), test: limitRows(mnist.test, 10) };
});

describe.skipIf(libraries.length === 0)("with a BLAS, batch 100 and a tail of 30 rows", () => {
  test.each([
    { sparse: "on", dtype: "float32", optimizer: "sgd" },
    { sparse: "on", dtype: "float64", optimizer: "adam" },
    { sparse: "off", dtype: "float32", optimizer: "adam" },
  ] as const)("%o: every parameter has the bits of a plain loop", async ({ sparse, ...chosen }) => {
    const options = { ...chosen, hidden: [30, 20], epochs: 2, batchSize: 100, seed: 4 };
    const layers = { kernels: createKernels({ backend: "blas" }), sparseInput: sparse === "on" };
    const expected = plainLoop(data, options, { layers });
    const { net } = await train(data, { ...options, backend: "blas", sparse, pieces: 1, workers: 1 });
    expect(net.parameters.data).toEqual(expected.parameters.data);
  });
});
