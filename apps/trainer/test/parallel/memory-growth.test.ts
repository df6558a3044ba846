// The judge of the soak, on made-up lines of a hundred readings: what is a leak, and what only looks like one.
import { expect, test } from "vitest";
import { lastingGrowth } from "./memory-growth.ts";

const READINGS = 100;

function line(at: (i: number) => number): readonly number[] {
  return Array.from({ length: READINGS }, (_, i) => at(i));
}

/** Up to ±`size`, in no order. */
const noise = (i: number, size: number): number => size * (((i * 7919) % 101) / 50 - 1);
/** Of 0.3 MB a reading: 24 MB over what counts, 16 MB between the middles of the thirds. */
const leak = (i: number): number => 200 + 0.3 * i;
const from =
  (start: number, size: number, end = READINGS) =>
  (i: number) =>
    i >= start && i < end ? size : 0;

test.each<[string, (i: number) => number]>([
  ["by itself", leak],
  ["in noise", (i) => leak(i) + noise(i, 2)],
  ["hidden by a drop in the middle", (i) => leak(i) - from(50, 40)(i)],
  ["hidden by a drop to below its beginning, near the end", (i) => leak(i) - from(85, 60)(i)],
  ["hidden by a drop over several readings", (i) => leak(i) - 10 * Math.min(5, Math.max(0, i - 45))],
  ["hidden by a drop while it is warm for the first time", (i) => leak(i) - from(25, 30)(i)],
  ["in pages of 2 MB", (i) => 2 * Math.floor(leak(i) / 2)],
])("a leak %s is seen whole", (_, at) => {
  expect(lastingGrowth(line(at))).toBeGreaterThan(13);
  expect(lastingGrowth(line(at))).toBeLessThan(27);
});

test("a leak in three large portions is seen, but for one of them", () => {
  const portions = line((i) => 200 + from(40, 10)(i) + from(55, 10)(i) + from(70, 10)(i));
  expect(lastingGrowth(portions)).toBe(20);
});

test.each<[string, (i: number) => number]>([
  ["nothing but noise", (i) => 200 + noise(i, 2)],
  ["one-off growth in the middle", (i) => 200 + from(50, 40)(i) + noise(i, 0.5)],
  ["one-off growth near the end", (i) => 200 + from(90, 40)(i)],
  ["a drop, and nothing else", (i) => 200 - from(60, 40)(i) + noise(i, 0.5)],
  ["a dip whose memory is taken again at once", (i) => 200 - from(30, 40, 45)(i) + noise(i, 0.5)],
  ["one that is taken again little by little", (i) => 200 - from(40, 1, 70)(i) * (70 - i)],
  ["a long warm-up", (i) => 200 + 30 * (1 - 1 / (1 + i)) + noise(i, 0.2)],
])("%s is no leak", (_, at) => {
  expect(lastingGrowth(line(at))).toBeLessThan(2);
});

test("too few readings are refused", () => {
  expect(() => lastingGrowth([1, 2, 3])).toThrow("3 readings are too few");
});
