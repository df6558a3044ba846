// A watch for a standstill: it ends a wait when nothing moves, and counts no time in which the whole process stood still.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stallDeadline } from "../../src/parallel/deadline.ts";

let asleep = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const { now } = performance;
  vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + asleep);
});

afterEach(() => {
  asleep = 0;
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function isRejected(promise: Promise<never>): Promise<boolean> {
  return Promise.race([promise.catch(() => true), Promise.resolve(false)]);
}

test("rejects when nothing has moved for so long, and not while something moves", async () => {
  let steps = 0;
  const { promise } = stallDeadline(
    2000,
    () => steps,
    () => new Error("stands still"),
  );
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(1500);
    steps += 1;
  }
  vi.advanceTimersByTime(1750);
  expect(await isRejected(promise)).toBe(false);
  vi.advanceTimersByTime(500);
  await expect(promise).rejects.toThrow("stands still");
});

test("a process that was stopped for an hour has another look first", async () => {
  const { promise } = stallDeadline(
    2000,
    () => 0,
    () => new Error("stands still"),
  );
  vi.advanceTimersByTime(1000);
  asleep = 3_600_000;
  vi.advanceTimersByTime(250);
  expect(await isRejected(promise)).toBe(false);
  vi.advanceTimersByTime(1000);
  await expect(promise).rejects.toThrow("stands still");
});
