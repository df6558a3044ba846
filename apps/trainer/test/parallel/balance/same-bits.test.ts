// Cuts decide who computes what, and no bit of what is computed: wherever they are, and however they wander in a run.
import { readFileSync } from "node:fs";
import { initialValues } from "@gradloom/core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../../src/data/dataset.ts";
import { loadMnist } from "../../../src/data/mnist.ts";
import type { TrainEvent } from "../../../src/events.ts";
import { resolveOptions } from "../../../src/options.ts";
import type { StepCuts } from "../../../src/parallel/balance/cut-points.ts";
import { fillData } from "../../../src/parallel/fill-data.ts";
import { netLayout } from "../../../src/parallel/memory-layout.ts";
import { viewOf } from "../../../src/parallel/place.ts";
import { rankState } from "../../../src/parallel/rank-state.ts";
import { fillOrder } from "../../../src/parallel/row-order.ts";
import { planRun } from "../../../src/parallel/run-plan.ts";
import { Step } from "../../../src/parallel/step.ts";
import { train, trainOn } from "../../../src/train.ts";
import { fileOf } from "../../support/temporary-file.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 1_500), test: limitRows(mnist.test, 100) };
});

afterEach(() => {
  delete process.env.CUTS_SEEN;
  delete process.env.FAULTS;
});

/** Five steps of three ranks, one after the other in one thread, cut anew for each: the parameters. */
function fiveSteps(cutsOf: (step: number) => StepCuts | undefined): Uint8Array {
  const options = resolveOptions({ workers: 3, batchSize: 61, hidden: [24], optimizer: "adam", seed: 5 });
  const sizes = [784, 24, 10];
  const plan = planRun(data, sizes, options, { cores: 3, sparseInput: true });
  fillData(plan, data);
  fillOrder(viewOf(plan.memory, plan.arrays.order).data, 1, options);
  const ranks = [0, 1, 2].map((rank) => rankState(plan, rank));
  const parameters = viewOf(plan.memory, plan.arrays.parameters).data;
  initialValues(netLayout(sizes), viewOf(plan.memory, plan.arrays.parameters), { seed: 5, weightInit: "he" });
  for (let i = 0; i < 5; i++) {
    const steps = ranks.map((state) => new Step(state, 61, { cuts: cutsOf(i) }));
    for (const step of steps) step.computeRows(i * 61);
    for (const step of steps) step.sumGradients();
    for (const step of steps) step.update(i + 1, 0.01);
  }
  return new Uint8Array(parameters.slice().buffer);
}

test("steps cut anywhere give the bits of steps that are cut evenly", () => {
  const even = fiveSteps(() => undefined);
  expect(even.some((byte) => byte !== 0)).toBe(true);
  const anywhere = fiveSteps((step) => ({
    rows: [0, 0.1 + 0.07 * step, 0.9 - 0.11 * step, 1],
    parameters: [0, 0.33 - 0.06 * step, 0.42 + 0.13 * step, 1],
  }));
  expect(anywhere).toEqual(even);
  expect(fiveSteps(() => ({ rows: [0, 0, 1, 1], parameters: [0, 1, 1, 1] }))).toEqual(even);
});

test("a run whose clocks lie has the SHA-256 of one worker, and its cuts have wandered", async () => {
  const options = { epochs: 3, batchSize: 30, seed: 2, hidden: 30 };
  const alone = await train(data, { ...options, workers: 1 });
  const file = fileOf("cuts", "");
  process.env.CUTS_SEEN = file;
  const filename = new URL("../faulty/lying-clock.ts", import.meta.url).href;
  const wandered = await trainOn(data, resolveOptions({ ...options, workers: 3 }), {}, { filename });
  expect(wandered.sha256).toBe(alone.sha256);
  const epochs = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line): number[][] => JSON.parse(line));
  expect(epochs).toHaveLength(3);
  for (const points of epochs.flat())
    expect(Math.max(...points.map((point, i) => Math.abs(point - i / 3)))).toBeGreaterThan(0.02);
});

test("a worker lost after the cuts have moved: its epoch runs again, with the SHA-256 of an undisturbed run", async () => {
  const options = { epochs: 2, batchSize: 60, seed: 2, hidden: 30, optimizer: "adam", restarts: 1 } as const;
  const alone = await train(data, { ...options, workers: 1 });
  process.env.FAULTS = "1";
  const filename = new URL("../faulty/lying-clock-and-throws.ts", import.meta.url).href;
  const seen: string[] = [];
  const onEvent = ({ type }: TrainEvent): void => void seen.push(type);
  const { sha256 } = await trainOn(
    data,
    resolveOptions({ ...options, workers: 3 }),
    { onEvent },
    { filename },
  );
  expect(seen).toContain("restart");
  expect(sha256).toBe(alone.sha256);
});
