// Where a step is cut among its workers: fractions of its rows, and of its parameters' cost, that rise from 0 to 1.
//
//   two workers, the second of which is slower      rows 0 ─── 0.56 ─ 1      parameters 0 ─── 0.53 ── 1
//
// No bit of a result depends on them, only who computes it.

/** One more number than there are workers. */
export type CutPoints = readonly number[];

/** The cuts of both phases. */
export interface StepCuts {
  readonly rows: CutPoints;
  readonly parameters: CutPoints;
}

/** Nobody's share is ever less than this part of an even one: who gets nothing cannot be measured. */
const LEAST_SHARE = 0.125;

export function evenPoints(worldSize: number): CutPoints {
  return Array.from({ length: worldSize + 1 }, (_, i) => i / worldSize);
}

/** The points in shared memory; undefined if it holds none: at first, or after a worker was lost while it wrote. */
export function readPoints(data: ArrayLike<number>): CutPoints | undefined {
  const points = Array.from(data);
  const least = LEAST_SHARE / (points.length - 1) / 2;
  const good = points.every((point, i) =>
    i === 0 ? point === 0 : point - (points[i - 1] ?? Number.NaN) >= least,
  );
  return good && points.at(-1) === 1 ? points : undefined;
}

/**
 * Points between which everybody would have worked for the same time, if time is spread evenly within each old share,
 * and half of the way to them: what was measured may have been a moment's.
 * @param times what each share took
 */
export function towardsEqualTimes(points: CutPoints, times: readonly number[]): CutPoints {
  const worldSize = times.length;
  const total = times.reduce((sum, time) => sum + time, 0);
  if (!times.every((time) => time > 0) || !Number.isFinite(total)) return points;
  let share = 0;
  let before = 0;
  const least = LEAST_SHARE / worldSize;
  const moved = [0];
  for (let cut = 1; cut < worldSize; cut++) {
    const goal = (total / worldSize) * cut;
    while (share < worldSize - 1 && before + (times[share] ?? 0) < goal) before += times[share++] ?? 0;
    const [from = 0, to = 1] = points.slice(share);
    const equal = from + ((to - from) * (goal - before)) / (times[share] ?? 1);
    const halfway = ((points[cut] ?? 0) + equal) / 2;
    const lowest = (moved[cut - 1] ?? 0) + least;
    moved.push(Math.min(Math.max(halfway, lowest), 1 - (worldSize - cut) * least));
  }
  return [...moved, 1];
}
