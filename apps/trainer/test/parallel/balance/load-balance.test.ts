// A world of ranks in one thread, with clocks of their own: what they measure moves the cuts, the same on every rank.
import { beforeEach, expect, test } from "vitest";
import type { Dataset } from "../../../src/data/dataset.ts";
import { resolveOptions } from "../../../src/options.ts";
import { LoadBalance, PhaseOfCut } from "../../../src/parallel/balance/load-balance.ts";
import { viewOf } from "../../../src/parallel/place.ts";
import { planRun, type RunPlan } from "../../../src/parallel/run-plan.ts";

const WORKERS = 3;
let plan: RunPlan;

beforeEach(() => {
  plan = planOf(60);
});

function planOf(batchSize: number, sizes: readonly [number, number, number] = [400, 8, 5]): RunPlan {
  const [columns, hidden] = sizes;
  const set: Dataset = {
    images: new Float32Array(120 * columns),
    labels: new Uint8Array(120),
    rows: 120,
    columns,
    classes: 5,
    scale: 1,
  };
  const options = resolveOptions({ workers: WORKERS, batchSize, hidden });
  return planRun({ name: "zeros", train: set, test: set }, sizes, options, {
    cores: WORKERS,
    sparseInput: false,
  });
}

class Rank {
  readonly balance: LoadBalance;
  readonly #speed: number;
  readonly #rank: number;
  #time = 0;

  constructor(on: RunPlan, rank: number, speed: number, steps: number) {
    this.balance = new LoadBalance(on, rank, steps, () => this.#time);
    this.#rank = rank;
    this.#speed = speed;
  }

  /** Works for as long as its share takes; now and then something else has the core. */
  step(stolen: number): void {
    const { rows, parameters } = this.balance.cuts;
    const share = (points: readonly number[]): number =>
      (points[this.#rank + 1] ?? 0) - (points[this.#rank] ?? 0);
    this.balance.begin(PhaseOfCut.ROWS);
    this.#time += share(rows) / this.#speed + stolen;
    this.balance.end(PhaseOfCut.ROWS);
    this.#time += 100; // a wait
    this.balance.begin(PhaseOfCut.PARAMETERS);
    this.#time += share(parameters) / this.#speed;
    this.balance.end(PhaseOfCut.PARAMETERS);
    this.balance.publish();
  }
}

/** Lets ranks of these speeds do so many steps of an epoch, and says where the cuts are then. */
function epoch(on: RunPlan, speeds: readonly number[], steps: number): LoadBalance["cuts"] {
  const ranks = speeds.map((speed, rank) => new Rank(on, rank, speed, steps));
  for (let step = 0; step < steps; step++) {
    for (const [rank, one] of ranks.entries()) one.step((step + rank) % 4 === 0 ? 50 : 0);
    const moved = ranks.map(({ balance }) => balance.move());
    expect(new Set(moved).size).toBe(1);
    for (const { balance } of ranks) expect(balance.cuts).toEqual(ranks[0]?.balance.cuts);
  }
  return ranks[0]?.balance.cuts ?? { rows: [], parameters: [] };
}

/** After which of an epoch's steps the cuts move first. */
function firstMove(on: RunPlan, steps: number): number {
  const balance = new LoadBalance(on, 0, steps, () => 0);
  for (let step = 1; step <= steps; step++) {
    balance.begin(PhaseOfCut.ROWS);
    balance.end(PhaseOfCut.ROWS);
    balance.publish();
    if (balance.move()) return step;
  }
  return Number.NaN;
}

const sharesOf = (points: readonly number[]): number[] =>
  points.slice(1).map((point, i) => point - (points[i] ?? 0));

test("a core of half the speed gets half the work, although others take its time now and then", () => {
  const { rows, parameters } = epoch(plan, [1, 0.5, 1], 60);
  for (const points of [rows, parameters]) {
    const [first = 0, slow = 0, last = 0] = sharesOf(points);
    expect(first).toBeCloseTo(0.4, 1);
    expect(slow).toBeCloseTo(0.2, 1);
    expect(last).toBeCloseTo(0.4, 1);
  }
});

test("the next epoch begins with the cuts that one ended with, and moves them by all of its steps together", () => {
  const ended = epoch(plan, [1, 0.5, 1], 60);
  expect(new LoadBalance(plan, 0, 30, () => 0).cuts).toEqual(ended);
  expect(firstMove(plan, 30)).toBe(30);
});

test.each([1, 2, 3])("epochs of %i steps come to even times too", (steps) => {
  let cuts = epoch(plan, [1, 0.5, 1], steps);
  for (let i = 0; i < 20; i++) cuts = epoch(plan, [1, 0.5, 1], steps);
  expect(sharesOf(cuts.parameters)[1]).toBeCloseTo(0.2, 1);
});

test("a wide layer of few rows is cut evenly: its next cut is far away", () => {
  const wide = planOf(60, [16, 1000, 3]);
  expect(epoch(wide, [1, 0.5, 1], 60).parameters).toEqual([0, 1 / 3, 2 / 3, 1]);
});

test("points that were half written are not taken up", () => {
  const ended = epoch(plan, [1, 0.5, 1], 60);
  const [rows] = plan.arrays.cutPoints;
  if (rows === undefined) throw new Error("no place for the cuts");
  viewOf(plan.memory, rows).data[1] = 0.9999;
  const begun = new LoadBalance(plan, 0, 60, () => 0).cuts;
  expect(begun.rows).toEqual([0, 1 / 3, 2 / 3, 1]);
  expect(begun.parameters).toEqual(ended.parameters);
});

test("the clock is read in all of the first steps, and then in one of eight", () => {
  let reads = 0;
  const balance = new LoadBalance(plan, 0, 160, () => ++reads);
  const perStep = Array.from({ length: 160 }, () => {
    const before = reads;
    balance.begin(PhaseOfCut.ROWS);
    balance.end(PhaseOfCut.ROWS);
    balance.begin(PhaseOfCut.PARAMETERS);
    balance.end(PhaseOfCut.PARAMETERS);
    balance.publish();
    balance.move();
    return reads - before;
  });
  expect(perStep.slice(0, 64)).toEqual(Array(64).fill(4));
  expect(perStep.slice(64).filter((count) => count > 0)).toHaveLength((160 - 64) / 8);
});

test("few rows are left where they are: a cut moved by one would be moved by much", () => {
  const few = planOf(8 * WORKERS - 1);
  const { rows, parameters } = epoch(few, [1, 0.5, 1], 60);
  expect(rows).toEqual([0, 1 / 3, 2 / 3, 1]);
  expect(sharesOf(parameters)[1]).toBeLessThan(0.25);
  // They count as found nevertheless: the next epoch moves the parameters by all of its steps together.
  expect(firstMove(few, 30)).toBe(30);
});
