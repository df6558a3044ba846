// Ends that are not faults of a worker: divergence, an abort, a listener that throws. All ranks stop at the same step.
import { beforeAll, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { DivergedError } from "../../src/errors.ts";
import { train } from "../../src/train.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 1000), test: limitRows(mnist.test, 100) };
});

test("a loss that is no number stops all workers at that step", async () => {
  const diverging = train(data, { workers: 3, epochs: 2, learningRate: 1e30 });
  await expect(diverging).rejects.toThrow(DivergedError);
  await expect(diverging).rejects.toThrow(/after step \d+ of epoch 1.*--lr/);
});

test("an aborted signal ends the run with the signal's reason", async () => {
  const controller = new AbortController();
  const onEvent = (event: { type: string }): void => {
    if (event.type === "epoch") controller.abort(new Error("enough"));
  };
  const { signal } = controller;
  await expect(train(data, { workers: 2, epochs: 1000 }, { signal, onEvent })).rejects.toThrow("enough");
  await expect(train(data, { workers: 2 }, { signal })).rejects.toThrow("enough");
});

test("a listener that throws ends the run with its error", async () => {
  const onEvent = (): void => {
    throw new RangeError("the listener's fault");
  };
  await expect(train(data, { workers: 2, epochs: 1 }, { onEvent })).rejects.toThrow("the listener's fault");
});
