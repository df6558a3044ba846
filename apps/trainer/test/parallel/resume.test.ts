// A run that stops and goes on later has the bits of one that never stopped, whoever goes on with it.
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { UsageError } from "../../src/errors.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { type Trained, train } from "../../src/train.ts";
import type { TrainingState } from "../../src/training-state.ts";

const OPTIONS = { workers: 2, epochs: 4, batchSize: 37, hidden: 20, seed: 5, optimizer: "adam" } as const;
/** An epoch of these takes many looks of the main thread at its counters, on any machine. */
const SLOW = { batchSize: 2, hidden: 300, sparse: "off" } as const;

let data: TrainingData;
let states: readonly TrainingState[];
let undisturbed: Trained;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = {
    ...mnist,
    train: limitRows(mnist.train, 650),
    validation: limitRows(mnist.test, 150),
    test: limitRows(mnist.test, 100),
  };
  const saved: TrainingState[] = [];
  undisturbed = await train(data, OPTIONS, { save: (state) => void saved.push(state) });
  states = saved;
});

/** Stops a run when its first steps are seen; slow enough to be in the middle of its first epoch then. */
async function stoppedInTheMiddle(options: Partial<TrainingOptions>): Promise<TrainingState> {
  const controller = new AbortController();
  const saved: TrainingState[] = [];
  const run = train(data, options, {
    signal: controller.signal,
    save: (state) => void saved.push(state),
    onEvent: ({ type }) => {
      if (type === "progress") controller.abort(new Error("enough"));
    },
  });
  await expect(run).rejects.toThrow("enough");
  const state = saved.at(-1);
  if (state === undefined) throw new Error("nothing was saved");
  return state;
}

function expectSameRun(resumed: Trained, whole: Trained): void {
  expect(resumed.sha256).toBe(whole.sha256);
  expect(resumed.history).toEqual(whole.history);
  expect([resumed.loss, resumed.bestEpoch, resumed.steps]).toEqual([
    whole.loss,
    whole.bestEpoch,
    whole.steps,
  ]);
  expect(resumed.confusion).toEqual(whole.confusion);
}

test("every epoch is judged on the validation rows, and saved when it is over", () => {
  expect(states.map(({ epoch, step }) => [epoch, step])).toEqual([1, 2, 3, 4].map((epoch) => [epoch, 18]));
  expect(undisturbed.history.map(({ epoch, judgedBy }) => [epoch, judgedBy])).toEqual(
    [1, 2, 3, 4].map((epoch) => [epoch, "validation"]),
  );
  expect(states.at(-1)?.history).toEqual(undisturbed.history);
});

describe("going on from the end of an epoch", () => {
  test.each([
    { from: 1, workers: 1 },
    { from: 2, workers: 3 },
    { from: 3, workers: 2 },
    { from: 4, workers: 3 },
  ])("epoch $from, with $workers workers", async ({ from, workers }) => {
    const resume = states[from - 1];
    if (resume === undefined) throw new Error(`no state of epoch ${from}`);
    expectSameRun(await train(data, { ...OPTIONS, workers }, { resume }), undisturbed);
  });
});

describe("going on from the middle of an epoch", () => {
  test.each([
    { optimizer: "adam", dtype: "float32", workers: 3 },
    { optimizer: "sgd", dtype: "float64", workers: 1 },
    // Steps of one row are the shortest: with SLOW's 300 units an epoch took as long as one look.
    { optimizer: "sgd", dtype: "float32", workers: 1, batchSize: 1, hidden: 800 },
  ] as const)(
    "$optimizer in $dtype, batch $batchSize, stopped with 2 workers, resumed with $workers",
    async (chosen) => {
      const options = { ...OPTIONS, ...SLOW, ...chosen, epochs: 2, workers: 2 };
      const resume = await stoppedInTheMiddle(options);
      expect(resume).toMatchObject({ epoch: 1, history: [] });
      expect(resume.step).toBeGreaterThan(0);
      const steps = 650 / options.batchSize;
      expect(resume.step).toBeLessThan(steps);
      const before = structuredClone(resume);
      const saved: TrainingState[] = [];
      const resumed = await train(
        data,
        { ...options, workers: chosen.workers },
        { resume, save: (state) => void saved.push(state) },
      );
      expectSameRun(resumed, await train(data, options));
      expect(resume).toEqual(before);
      expect(saved.map(({ epoch, step }) => [epoch, step])).toEqual([
        [1, steps],
        [2, steps],
      ]);
    },
  );

  test("a run stopped twice before any step is where it was", async () => {
    const resume = await stoppedInTheMiddle({ ...OPTIONS, ...SLOW });
    const controller = new AbortController();
    const saved: TrainingState[] = [];
    const run = train(
      data,
      { ...OPTIONS, ...SLOW },
      {
        resume,
        signal: controller.signal,
        save: (state) => void saved.push(state),
        onEvent: () => controller.abort(new Error("at once")),
      },
    );
    await expect(run).rejects.toThrow("at once");
    expect(saved).toEqual([resume]);
  });
});

describe("a state that is not of this run is refused", () => {
  test.each<{ name: string; options?: Partial<TrainingOptions>; change?: object; says: RegExp }>([
    { name: "another net", options: { hidden: 21 }, says: /parameters.*784-21-10/ },
    { name: "another dtype", options: { dtype: "float64" }, says: /float32.*float64/ },
    { name: "another optimizer", options: { optimizer: "sgd" }, says: /keeps m, v.*sgd/ },
    { name: "fewer steps an epoch", options: { batchSize: 100 }, says: /18.*7 steps/ },
    { name: "fewer epochs", options: { epochs: 2 }, says: /epoch 3.*1 to 2/ },
    { name: "a damaged sum", change: { lossSum: Number.NaN }, says: /NaN/ },
  ])("$name", async ({ options, change, says }) => {
    const resume = { ...states[2], ...change } as TrainingState;
    const refused = train(data, { ...OPTIONS, ...options }, { resume });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(says);
  });

  test("a best epoch without validation rows", async () => {
    const { validation: _, ...without } = data;
    const [, , resume] = states;
    if (resume === undefined) throw new Error("no state");
    await expect(train(without, OPTIONS, { resume })).rejects.toThrow("no validation rows");
  });
});
