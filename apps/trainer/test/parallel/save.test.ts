// How states reach whoever saves them: while training goes on, one at a time, and with the saver's own error.
import { beforeAll, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { StateSaver } from "../../src/parallel/state-saver.ts";
import { train } from "../../src/train.ts";
import type { TrainingState } from "../../src/training-state.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 300), test: limitRows(mnist.test, 100) };
});

const stateOf = (epoch: number): TrainingState => ({
  epoch,
  step: 0,
  lossSum: 0,
  parameters: new Float32Array(0),
  optimizer: {},
  history: [],
});

test("one save at a time; of the states that come meanwhile only the newest is saved", async () => {
  const begun: number[] = [];
  let finish = (): void => {};
  const saver = new StateSaver(
    ({ epoch }) => {
      begun.push(epoch);
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    () => {},
  );
  for (const epoch of [1, 2, 3]) saver.add(() => stateOf(epoch));
  expect(begun).toEqual([1]);
  finish();
  await new Promise(setImmediate);
  expect(begun).toEqual([1, 3]);
  finish();
  await saver.settled();
  saver.add(() => stateOf(4));
  expect(begun).toEqual([1, 3, 4]);
});

test("a save that fails ends the run with its own error", async () => {
  const save = (): Promise<void> => Promise.reject(new RangeError("the disk is full"));
  await expect(train(data, { workers: 2, epochs: 50 }, { save })).rejects.toThrow(
    new RangeError("the disk is full"),
  );
});

test("a save that fails when the run is stopped is told instead of the signal's reason", async () => {
  const controller = new AbortController();
  const run = train(
    data,
    { workers: 2, epochs: 50 },
    {
      signal: controller.signal,
      onEvent: () => controller.abort(new Error("enough")),
      save: () => {
        throw new RangeError("the disk is full");
      },
    },
  );
  await expect(run).rejects.toThrow("the disk is full");
});

test("the run ends when the last save has", async () => {
  let saved = 0;
  await train(
    data,
    { workers: 2, epochs: 2 },
    {
      save: async ({ epoch }) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        saved = epoch;
      },
    },
  );
  expect(saved).toBe(2);
});

test("what was saved does not change while training goes on", async () => {
  const kept: { state: TrainingState; copy: TrainingState }[] = [];
  await train(
    data,
    { workers: 2, epochs: 3, optimizer: "adam" },
    {
      save: (state) => void kept.push({ state, copy: structuredClone(state) }),
    },
  );
  expect(kept).toHaveLength(3);
  for (const { state, copy } of kept) expect(state).toEqual(copy);
});
