// Runs that end before their last epoch on purpose, and which weights they end with.
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { UsageError } from "../../src/errors.ts";
import type { EpochEvent, TrainEvent } from "../../src/events.ts";
import { train } from "../../src/train.ts";
import type { TrainingState } from "../../src/training-state.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = {
    ...mnist,
    train: limitRows(mnist.train, 200),
    validation: limitRows(mnist.test, 100),
    test: limitRows(mnist.test, 300),
  };
});

/** A small net that soon knows 200 rows by heart, and does worse on others from then on. */
const OVERFITTING = {
  workers: 2,
  epochs: 60,
  batchSize: 20,
  hidden: 40,
  optimizer: "adam",
  learningRate: 0.02,
} as const;

function requireState(state: TrainingState | undefined): TrainingState {
  if (state === undefined) throw new Error("nothing was saved");
  return state;
}

describe("with a validation set", () => {
  test("the result has the weights of the epoch with the lowest validation loss", async () => {
    const states: TrainingState[] = [];
    const save = (state: TrainingState): void => void states.push(state);
    const trained = await train(data, { ...OVERFITTING, epochs: 20 }, { save });
    const losses = trained.history.map(({ judgedLoss }) => judgedLoss);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(best).toBeLessThan(20);
    expect(trained.bestEpoch).toBe(best);
    expect(trained.validationLoss).toBe(Math.min(...losses));
    expect(trained.net.parameters.data).toEqual(states.find(({ epoch }) => epoch === best)?.parameters);
    expect(trained.net.parameters.data).not.toEqual(states.at(-1)?.parameters);
  });

  test("patience ends the run so many epochs after the best one, and so does a run that is resumed", async () => {
    const options = { ...OVERFITTING, patience: 3 };
    const states: TrainingState[] = [];
    const trained = await train(data, options, { save: (state) => void states.push(state) });
    expect(trained).toMatchObject({ endedEarly: "patience", epochs: (trained.bestEpoch ?? 0) + 3 });
    const { sha256, history } = trained;
    expect(await train(data, options, { resume: requireState(states[1]) })).toMatchObject({
      sha256,
      history,
      endedEarly: "patience",
    });
    expect(await train(data, options, { resume: requireState(states.at(-1)) })).toMatchObject({
      sha256,
      history,
    });
  });

  test.each([{ patience: 3 }, { schedule: "plateau" }] as const)(
    "without one, %j is refused",
    async (options) => {
      const { validation: _, ...without } = data;
      await expect(train(without, options)).rejects.toThrow(UsageError);
      await expect(train(without, options)).rejects.toThrow(/needs validation rows/);
    },
  );
});

describe("the test set judges where there is no validation set, and chooses nothing", () => {
  test("the last weights are the result", async () => {
    const { validation: _, ...without } = data;
    const states: TrainingState[] = [];
    const trained = await train(
      without,
      { ...OVERFITTING, epochs: 12 },
      { save: (state) => void states.push(state) },
    );
    expect(trained.history.map(({ judgedBy }) => judgedBy)).toEqual(new Array(12).fill("test"));
    expect(trained.net.parameters.data).toEqual(states.at(-1)?.parameters);
    expect(trained).not.toHaveProperty("bestEpoch");
  });

  test("nothing is judged that nobody needs, and with evaluateEvery so often and at the end", async () => {
    const { validation: _, ...without } = data;
    const events: EpochEvent[] = [];
    const onEvent = (event: TrainEvent): void => void (event.type === "epoch" && events.push(event));
    const options = { ...OVERFITTING, epochs: 5 };
    expect((await train(without, options, { onEvent })).history).toEqual([]);
    expect(events.map(({ record }) => record)).toEqual(new Array(5).fill(undefined));
    const { history } = await train(without, { ...options, evaluateEvery: 2 });
    expect(history.map(({ epoch }) => epoch)).toEqual([2, 4, 5]);
  });
});

test("a time limit ends the run in good order, and its state goes on later with the same bits", async () => {
  const options = { ...OVERFITTING, hidden: 300, epochs: 12 };
  const states: TrainingState[] = [];
  const cut = await train(
    data,
    { ...options, timeLimit: 0.05 },
    { save: (state) => void states.push(state) },
  );
  expect(cut.endedEarly).toBe("time limit");
  expect(cut.steps).toBeGreaterThan(0);
  expect(cut.steps).toBeLessThan(120);
  const whole = await train(data, options);
  expect(
    (await train(data, { ...options, workers: 3 }, { resume: requireState(states.at(-1)) })).sha256,
  ).toBe(whole.sha256);
});

test("one minibatch over and over: the loss falls below what all rows would allow", async () => {
  const options = { ...OVERFITTING, epochs: 10, overfitOneBatch: true };
  const { loss, steps } = await train(data, options);
  expect(steps).toBe(100);
  expect(loss).toBeLessThan(0.01);
});
