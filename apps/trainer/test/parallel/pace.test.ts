// Rates and the time left, from a clock that the test turns.
import { expect, test } from "vitest";
import { Pace } from "../../src/parallel/pace.ts";

test("half the samples in two seconds leave two seconds", () => {
  let now = 1000;
  const pace = new Pace(800, () => now);
  now = 3000;
  expect(pace.at(400)).toEqual({ seconds: 2, samplesPerSecond: 200, secondsLeft: 2 });
});

test("a clock that has not moved gives no NaN and no infinite rate", () => {
  const pace = new Pace(100, () => 5);
  const { samplesPerSecond, secondsLeft } = pace.at(10);
  expect(Number.isFinite(samplesPerSecond)).toBe(true);
  expect(secondsLeft).toBeGreaterThanOrEqual(0);
  expect(pace.at(0).secondsLeft).toBe(Number.POSITIVE_INFINITY);
});
