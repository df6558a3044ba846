// Ends that are not faults of a worker: divergence, an abort, a listener that throws. All ranks stop at the same step.
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { DivergedError, UsageError } from "../../src/errors.ts";
import type { TrainEvent } from "../../src/events.ts";
import { train } from "../../src/train.ts";

let data: TrainingData;
let large: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  large = { ...mnist, test: limitRows(mnist.test, 100) };
  data = { ...large, train: limitRows(mnist.train, 1000) };
});

describe("divergence", () => {
  test("a loss that is no number stops all workers at that step", async () => {
    const diverging = train(data, { workers: 3, epochs: 2, learningRate: 1e30 });
    await expect(diverging).rejects.toThrow(DivergedError);
    await expect(diverging).rejects.toThrow(/after step 2 of epoch 1.*--lr/);
  });

  test("a last update that breaks the net is noticed though no step follows it", async () => {
    const broken = train(data, { workers: 2, epochs: 1, batchSize: 1000, learningRate: 3e38, init: 1 });
    await expect(broken).rejects.toThrow(DivergedError);
  });

  test("a parameter that is no longer finite stops all workers at that step, whose loss still is", async () => {
    const options = { epochs: 3, batchSize: 1000, learningRate: 3e38, init: 1 };
    const messages: unknown[] = [];
    for (const workers of [1, 3]) {
      const error: unknown = await train(data, { ...options, workers }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: "DivergedError", at: { epoch: 1, step: 1 } });
      messages.push((error as Error).message);
    }
    expect(messages[0]).toMatch(/^W\d is no longer finite after step 1 of epoch 1\. .*--lr/);
    expect(messages[1]).toBe(messages[0]);
  });

  test("a learning rate that float32 cannot hold is refused before anything starts", async () => {
    await expect(train(data, { workers: 2, learningRate: 1e39 })).rejects.toThrow(UsageError);
    await expect(train(data, { workers: 2, learningRate: 1e-46 })).rejects.toThrow("is 0 in float32");
  });
});

/** Trains until an event of a type comes, then does something; says how many steps were seen and how it ended. */
async function until(
  type: TrainEvent["type"],
  epochs: number,
  act: (controller: AbortController) => void,
): Promise<{ ended: unknown; steps: number }> {
  const controller = new AbortController();
  let steps = 0;
  const onEvent = (event: TrainEvent): void => {
    if (event.type === "progress") steps = Math.max(steps, event.step);
    if (event.type === type) act(controller);
  };
  const options = { workers: 2, epochs, hidden: 200 };
  const running = train(large, options, { signal: controller.signal, onEvent });
  return { ended: await running.catch((reason: unknown) => reason), steps };
}

describe("an aborted signal ends the run with the signal's reason", () => {
  const stop = (controller: AbortController): void => controller.abort(new Error("enough"));

  test("before anything starts", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(train(data, { workers: 2 }, { signal })).rejects.toThrow("enough");
  });

  test("when the workers have just started: no step is made", async () => {
    expect(await until("start", 1, stop)).toEqual({ ended: new Error("enough"), steps: 0 });
  });

  test("in the middle of an epoch: the rest of it is not trained", async () => {
    const { ended, steps } = await until("progress", 1, stop);
    expect(ended).toEqual(new Error("enough"));
    expect(steps).toBeLessThan(600);
  });

  test("after the last epoch: nothing is reported as done", async () => {
    const { ended } = await until("epoch", 1, stop);
    expect(ended).toEqual(new Error("enough"));
  });
});

test("a listener that throws in the middle of an epoch ends the run with its error", async () => {
  const { ended, steps } = await until("progress", 1, () => {
    throw new RangeError("the listener's fault");
  });
  expect(ended).toEqual(new RangeError("the listener's fault"));
  expect(steps).toBeLessThan(600);
});

test("the last progress of an epoch is its last step", async () => {
  const steps: number[] = [];
  const onEvent = (event: TrainEvent): void => {
    if (event.type === "progress") steps.push(event.step);
  };
  await train(data, { workers: 2, epochs: 1 }, { onEvent });
  expect(steps.at(-1)).toBe(10);
});
