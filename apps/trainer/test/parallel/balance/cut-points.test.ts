// Cuts that move toward equal times, whatever makes the times differ.
import { describe, expect, test } from "vitest";
import {
  type CutPoints,
  evenPoints,
  readPoints,
  towardsEqualTimes,
} from "../../../src/parallel/balance/cut-points.ts";

/** What every share takes: the work between its cuts, at the speed of its worker. */
function timesOf(points: CutPoints, work: (at: number) => number, speeds: readonly number[]): number[] {
  return speeds.map((speed, rank) => {
    const [from = 0, to = 0] = points.slice(rank);
    return (work(to) - work(from)) / speed;
  });
}

/** The longest time beside the mean, after so many moves: 1 is perfect. */
function imbalance(work: (at: number) => number, speeds: readonly number[], moves: number): number {
  let points = evenPoints(speeds.length);
  for (let i = 0; i < moves; i++) points = towardsEqualTimes(points, timesOf(points, work, speeds));
  const times = timesOf(points, work, speeds);
  return (Math.max(...times) * times.length) / times.reduce((sum, time) => sum + time, 0);
}

const even = (at: number): number => at;
/** Most of the work in the middle, as in the rows of W1 that meet the pixels of an image. */
const middle = (at: number): number => at * at * (3 - 2 * at);

describe("cuts after a few moves", () => {
  test.each([
    { name: "one slow core of two", work: even, speeds: [1, 0.6] },
    { name: "two fast and two slow cores", work: even, speeds: [3, 3, 1, 1] },
    { name: "equal cores and uneven work", work: middle, speeds: [1, 1, 1, 1, 1] },
    { name: "both", work: middle, speeds: [1, 2, 4] },
  ])("$name: the last is done within 3 % of the mean time", ({ work, speeds }) => {
    expect(imbalance(work, speeds, 0)).toBeGreaterThan(1.15);
    expect(imbalance(work, speeds, 8)).toBeLessThan(1.03);
  });

  test("equal times leave them where they are", () => {
    expect(towardsEqualTimes([0, 0.25, 1], [5, 5])).toEqual([0, 0.25, 1]);
  });

  test("half of the way is gone at once", () => {
    // The second half takes three times as long: a quarter of the time too much, a third of the first half's more.
    const [, cut] = towardsEqualTimes([0, 0.5, 1], [1, 3]);
    expect(cut).toBeCloseTo((0.5 + (0.5 + 0.5 / 3)) / 2, 12);
  });

  test.each([[[0, 1]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY, 1]], [[-1, 2]], [[1e308, 1e308]]])(
    "times %j tell nothing",
    (times) => {
      expect(towardsEqualTimes([0, 0.4, 1], times)).toEqual([0, 0.4, 1]);
    },
  );

  test("times near the largest number end somewhere between the neighbours", () => {
    const points = towardsEqualTimes(evenPoints(3), [5e307, 5e307, 7e307]);
    expect(points).toEqual([...points].sort((a, b) => a - b));
  });

  test("nobody's share becomes less than an eighth of an even one, however slow it is", () => {
    let points = evenPoints(4);
    for (let i = 0; i < 50; i++) points = towardsEqualTimes(points, [1, 1e9, 1, 1]);
    const shares = points.slice(1).map((point, i) => point - (points[i] ?? 0));
    expect(Math.min(...shares)).toBeCloseTo(0.125 / 4, 12);
    expect(points).toEqual([...points].sort((a, b) => a - b));
    expect([points[0], points.at(-1)]).toEqual([0, 1]);
  });
});

describe("points in shared memory", () => {
  test.each([
    ["nothing yet", [0, 0, 0]],
    ["that fall", [0, 0.7, 0.4, 1]],
    ["that do not end", [0, 0.5, 0.9]],
    ["that do not begin", [0.1, 0.5, 1]],
    ["with a share of nothing", [0, 0.5, 0.5, 1]],
    ["that are no numbers", [0, Number.NaN, 1]],
  ])("%s are none", (_, stored) => {
    expect(readPoints(stored)).toBeUndefined();
  });

  test("all that moves can lead to is read as it is", () => {
    let points = evenPoints(3);
    for (let i = 0; i < 30; i++) {
      expect(readPoints(Float64Array.from(points))).toEqual(points);
      points = towardsEqualTimes(points, [1e6, 1, 1]);
    }
  });
});
