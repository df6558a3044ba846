// A state of a run on a native BLAS says how its products are cut: from code, too, it goes on to the same bits on a machine
// with another number of cores.
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { checkpointBytes, readCheckpoint } from "../../src/checkpoint/checkpoint-bytes.ts";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { type Trained, train } from "../../src/train.ts";
import type { TrainingState } from "../../src/training-state.ts";
import { blasHere } from "../support/blas-here.ts";

const machine = vi.hoisted(() => ({ cores: 3 }));
vi.mock("node:os", async (original) => {
  const os = await original<typeof import("node:os")>();
  return { ...os, availableParallelism: () => machine.cores };
});
afterEach(() => {
  machine.cores = 3;
});

const { libraries, reason } = blasHere();
if (libraries.length === 0) {
  process.stderr.write(`SKIPPED: states of runs on a native BLAS that go on from code, because ${reason}\n`);
}

/** Sizes at which OpenBLAS 0.3 gives three and five pieces other bits. */
const OPTIONS = { epochs: 3, batchSize: 100, hidden: 60, seed: 7, workers: 2, sparse: "off" } as const;

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 401), test: limitRows(mnist.test, 100) };
});

async function saved(
  options: Partial<TrainingOptions>,
): Promise<{ readonly whole: Trained; readonly first: TrainingState }> {
  const states: TrainingState[] = [];
  const whole = await train(data, { ...OPTIONS, ...options }, { save: (state) => void states.push(state) });
  const [first] = states;
  if (first === undefined) throw new Error("nothing was saved");
  return { whole, first };
}

describe.skipIf(libraries.length === 0)("on a native BLAS", () => {
  let whole: Trained;
  let first: TrainingState;

  beforeAll(async () => {
    ({ whole, first } = await saved({ backend: "blas" }));
  });

  test("a state goes on with its own pieces, whatever the cores of the machine", async () => {
    expect(first.pieces).toBe(3);
    for (const cores of [5, 1]) {
      machine.cores = cores;
      const again: TrainingState[] = [];
      const hooks = { resume: first, save: (state: TrainingState) => void again.push(state) };
      const resumed = await train(data, { ...OPTIONS, backend: "blas" }, hooks);
      expect([resumed.sha256, resumed.history], `${cores} cores`).toEqual([whole.sha256, whole.history]);
      expect(new Set(again.map(({ pieces }) => pieces))).toEqual(new Set([3]));
    }
  });

  test("another number, and a backend that has none, are refused; the same may be named", async () => {
    const go = (options: Partial<TrainingOptions>): Promise<Trained> =>
      train(data, { ...OPTIONS, ...options }, { resume: first });
    await expect(go({ backend: "blas", pieces: 5 })).rejects.toThrow(
      "cannot resume: the saved state has pieces, of products by a native BLAS: 3, and this run 5. Resume with",
    );
    await expect(go({ backend: "wasm" })).rejects.toThrow("3, and this run none.");
    expect((await go({ backend: "blas", pieces: 3 })).sha256).toBe(whole.sha256);
  });

  test("a state that says nothing of them goes on with those that are named", async () => {
    const { pieces: _, ...older } = first;
    machine.cores = 5;
    const resumed = await train(data, { ...OPTIONS, backend: "blas", pieces: 3 }, { resume: older });
    expect(resumed.sha256).toBe(whole.sha256);
  });
});

test("other kernels' states have no pieces, and a checkpoint keeps what there is", async () => {
  const { first } = await saved({ backend: "wasm", epochs: 1 });
  expect(first).not.toHaveProperty("pieces");
  const run = { config: "c", data: "d", seed: 7 };
  const kept = (state: TrainingState): TrainingState =>
    readCheckpoint(checkpointBytes({ state, run, finished: false }), "a file").state;
  expect(kept(first)).toEqual(first);
  expect(kept({ ...first, pieces: 4 })).toEqual({ ...first, pieces: 4 });
  for (const pieces of [0, 1.5, -2]) expect(() => kept({ ...first, pieces })).toThrow("not that of a run");
});
