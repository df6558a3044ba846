// On a native BLAS it decides bits whether zeros are skipped: a run settles it once, its states keep it, and whoever goes on
// has it so.
import { beforeAll, describe, expect, test } from "vitest";
import { checkpointBytes, readCheckpoint } from "../../src/checkpoint/checkpoint-bytes.ts";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { type Trained, train } from "../../src/train.ts";
import { planTraining } from "../../src/training-plan.ts";
import type { TrainingState } from "../../src/training-state.ts";
import { blasHere } from "../support/blas-here.ts";

const { libraries, reason } = blasHere();
if (libraries.length === 0) {
  process.stderr.write(
    `SKIPPED: zeros that a run on a native BLAS skips when it goes on, because ${reason}\n`,
  );
}

const OPTIONS = {
  epochs: 2,
  batchSize: 50,
  hidden: 20,
  seed: 7,
  workers: 1,
  pieces: 2,
  backend: "blas",
} as const;

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 201), test: limitRows(mnist.test, 100) };
});

/** A run with its first state. */
async function saved(options: Partial<TrainingOptions>): Promise<readonly [Trained, TrainingState]> {
  const states: TrainingState[] = [];
  const whole = await train(data, { ...OPTIONS, ...options }, { save: (state) => void states.push(state) });
  const [first] = states;
  if (first === undefined) throw new Error("nothing was saved");
  return [whole, first];
}

describe.skipIf(libraries.length === 0)("on a native BLAS", () => {
  let whole: Trained;
  let first: TrainingState;
  let dense: Trained;
  let denseFirst: TrainingState;

  beforeAll(async () => {
    [whole, first] = await saved({});
    [dense, denseFirst] = await saved({ sparse: "off" });
  });

  const go = (resume: TrainingState, options: Partial<TrainingOptions> = {}): Promise<Trained> =>
    train(data, { ...OPTIONS, ...options }, { resume });

  test("dark pixels are skipped by default, and a run learns the same with them", () => {
    expect([whole.sparse, first.sparse, dense.sparse, denseFirst.sparse]).toEqual([true, "on", false, "off"]);
    expect(whole.testLoss).toBeCloseTo(dense.testLoss, 4);
  });

  test("a state goes on as it began, whatever auto would choose now", async () => {
    const usual = await go(first);
    expect([usual.sparse, usual.sha256]).toEqual([true, whole.sha256]);
    expect((await go(first, { sparse: "on" })).sha256).toBe(whole.sha256);
    const resumed = await go(denseFirst);
    expect([resumed.sparse, resumed.sha256]).toEqual([false, dense.sha256]);
  });

  test("the other choice is refused, and so is a backend to which it is none", async () => {
    const message =
      "cannot resume: the saved state has sparse, the zeros of inputs beside a native BLAS: on, and this run";
    await expect(go(first, { sparse: "off" })).rejects.toThrow(`${message} off. Resume with`);
    const { pieces: _, ...unpieced } = first;
    await expect(go(unpieced, { backend: "wasm", pieces: undefined })).rejects.toThrow(`${message} auto.`);
  });

  test("a batch of one row, too, keeps what was settled", async () => {
    const single = { batchSize: 1, limit: 20, pieces: undefined };
    const [skipped, state] = await saved(single);
    expect([state.sparse, (await go(state, single)).sha256]).toEqual(["on", skipped.sha256]);
    await expect(go(state, { ...single, sparse: "off" })).rejects.toThrow("on, and this run off");
  });
});

test("a plan says what is settled on a native BLAS, and leaves the choice open where it decides no bit", () => {
  const sparseOf = (options: Partial<TrainingOptions>): unknown => {
    const { sparse, options: planned } = planTraining(data, options);
    return [sparse, planned.sparse];
  };
  expect(sparseOf({ backend: "blas" })).toEqual([true, "on"]);
  expect(sparseOf({ backend: "blas", sparse: "off" })).toEqual([false, "off"]);
  expect(sparseOf({ backend: "blas", batchSize: 1, sparse: "on" })).toEqual([true, "on"]);
  expect(sparseOf({ backend: "wasm" })).toEqual([true, "auto"]);
});

test("other kernels' states say nothing of it, and a checkpoint keeps what there is", async () => {
  const [, state] = await saved({ backend: "wasm", pieces: undefined, epochs: 1, sparse: "on" });
  expect(state).not.toHaveProperty("sparse");
  const run = { config: "c", data: "d", seed: 7 };
  const kept = (one: TrainingState): TrainingState =>
    readCheckpoint(checkpointBytes({ state: one, run, finished: false }), "a file").state;
  expect(kept({ ...state, sparse: "on" })).toEqual({ ...state, sparse: "on" });
  const spoilt = { ...state, sparse: "auto" } as unknown as TrainingState;
  expect(() => kept(spoilt)).toThrow("not that of a run");
});
