// Judges readings of a process's memory: how much of them is growth that goes on, and not what an engine does once.
//
//   a leak with a drop     ╱╱╱╱│        one-off growth   ______┌──────     a dip   ───┐ ┌─────
//   grows nearly always        │╱╱╱╱    grows once             │                      └─┘       grows once
//
// What the system has given is held back and taken again as the engine thinks fit, so neither the ends of such a line nor
// its peaks or floors tell a leak by themselves: most of its short stretches do.

/** Until caches, code and pools are full. */
const WARM_UP = 0.2;
/** Stretches that a line is looked at in: longer than noise, so short that a change lies in few of them. */
const STRETCHES = 8;

/**
 * What readings have grown by from the middle of their first third after warming up to the middle of their last, in their
 * own unit: the larger of what most stretches grow by, and of the whole but for its largest single rise, which sees a leak
 * that comes in a few large portions. Memory that climbs evenly and falls back again and again would be taken for a leak.
 */
export function lastingGrowth(readings: readonly number[]): number {
  const warm = readings.slice(Math.round(WARM_UP * readings.length));
  if (warm.length < 2 * STRETCHES) throw new RangeError(`${readings.length} readings are too few to judge`);
  return Math.max(steadyGrowth(warm), growthInPortions(warm));
}

/** By the median of all stretches of an eighth: what happens in fewer than half of them does not count. */
function steadyGrowth(readings: readonly number[]): number {
  const length = Math.floor(readings.length / STRETCHES);
  const changes = readings.slice(length).map((late, i) => late - (readings[i] ?? 0));
  return (median(changes) / length) * (2 / 3) * readings.length;
}

function growthInPortions(readings: readonly number[]): number {
  const rises = readings.slice(1).map((late, i) => late - (readings[i] ?? 0));
  const largest = Math.max(...rises, 0);
  const at = rises.indexOf(largest) + 1;
  const others = readings.map((reading, i) => (at > 0 && i >= at ? reading - largest : reading));
  const third = Math.floor(readings.length / 3);
  return median(others.slice(-third)) - median(others.slice(0, third));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
