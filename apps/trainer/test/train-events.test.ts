// A run as an async iterable: all events in order, its errors, and its end when the loop is left.
import { beforeAll, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../src/data/dataset.ts";
import { loadMnist } from "../src/data/mnist.ts";
import { UsageError } from "../src/errors.ts";
import type { TrainEvent } from "../src/events.ts";
import { train } from "../src/train.ts";
import { trainEvents } from "../src/train-events.ts";
import type { TrainingState } from "../src/training-state.ts";

let data: TrainingData;
let large: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  large = { ...mnist, test: limitRows(mnist.test, 100) };
  data = { ...large, train: limitRows(mnist.train, 300) };
});

test("yields start, every epoch and done, and trains as train does", async () => {
  const events: TrainEvent[] = [];
  for await (const event of trainEvents(data, { workers: 2, epochs: 3 })) events.push(event);
  const kinds = events.map(({ type }) => type);
  expect(kinds.filter((kind) => kind !== "progress")).toEqual(["start", "epoch", "epoch", "epoch", "done"]);
  const { sha256 } = await train(data, { workers: 1, epochs: 3 });
  expect(events.at(-1)).toMatchObject({ type: "done", result: { sha256 } });
});

test("a slow loop misses progress only, and holds nothing up", async () => {
  const events: TrainEvent[] = [];
  for await (const event of trainEvents(data, { workers: 2, epochs: 30 })) {
    events.push(event);
    if (events.length === 1) await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  const epochs = events.flatMap((event) => (event.type === "epoch" ? [event.epoch] : []));
  expect(epochs).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect(events.at(-1)?.type).toBe("done");
});

test("leaving the loop stops the run in the middle of its epoch, after its state was saved", async () => {
  const saved: TrainingState[] = [];
  const options = { workers: 2, epochs: 100, hidden: 200 };
  for await (const event of trainEvents(large, options, { save: (state) => void saved.push(state) })) {
    if (event.type === "progress") break;
  }
  expect(saved).toHaveLength(1);
  expect(saved[0]?.step).toBeLessThan(600);
});

test("an error of the run comes out of the loop", async () => {
  const refused = (async () => {
    for await (const _ of trainEvents(data, { epochs: 0 })) expect.unreachable();
  })();
  await expect(refused).rejects.toThrow(UsageError);
});

test("the caller's signal ends it with the caller's reason", async () => {
  const controller = new AbortController();
  const loop = (async () => {
    for await (const { type } of trainEvents(large, { hidden: 200 }, { signal: controller.signal }))
      if (type === "progress") controller.abort(new Error("enough"));
  })();
  await expect(loop).rejects.toThrow("enough");
});
