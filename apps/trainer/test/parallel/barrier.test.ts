// The barrier, with real threads: nobody leaves early, an abort frees everybody, no wait is endless.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { abort, Barrier } from "../../src/parallel/barrier.ts";
import { controlOf, createControlBuffer, Word } from "../../src/parallel/control.ts";

const CROWD = new URL("./barrier-crowd.ts", import.meta.url);

interface Crowd {
  readonly control: SharedArrayBuffer;
  readonly tally: SharedArrayBuffer;
  readonly ends: Promise<string[]>;
}

/** Threads that add to a tally, wait, look whether all have added, and wait again. */
function crowd(
  worldSize: number,
  rounds: number,
  options: { spin: boolean; deadlineMs?: number; absent?: number },
): Crowd {
  const control = createControlBuffer();
  const tally = new SharedArrayBuffer(4);
  const workers = Array.from({ length: worldSize - (options.absent ?? 0) }, () => {
    return new Worker(CROWD, {
      workerData: {
        control,
        tally,
        rounds,
        worldSize,
        spin: options.spin,
        deadlineMs: options.deadlineMs ?? 20_000,
      },
    });
  });
  const ends = Promise.all(workers.map(async (worker) => String((await once(worker, "message"))[0])));
  return { control, tally, ends };
}

describe("barrier", () => {
  test.each([
    { worldSize: 2, spin: true },
    { worldSize: 2, spin: false },
    { worldSize: 5, spin: false },
  ])(
    "$worldSize ranks (spin: $spin) see everybody's work after each of 300 rounds",
    async ({ worldSize, spin }) => {
      const { ends, tally } = crowd(worldSize, 300, { spin });
      expect(await ends).toEqual(Array.from({ length: worldSize }, () => "done"));
      expect(new Int32Array(tally)[0]).toBe(300 * worldSize);
    },
  );

  test("a rank that waits for one who never comes gives up at the deadline", async () => {
    const { ends } = crowd(2, 1, { spin: false, deadlineMs: 200, absent: 1 });
    expect(await ends).toEqual(["BarrierTimeoutError"]);
  });

  test("time in which the machine slept is nobody's: the deadline counts what a rank waited awake", () => {
    const { words } = controlOf(createControlBuffer());
    const { now } = performance;
    const began = now.call(performance);
    let looks = 0;
    // An hour passes between any two looks.
    performance.now = () => now.call(performance) + 3_600_000 * looks++;
    try {
      const barrier = new Barrier(words, { worldSize: 2, deadlineMs: 500, spin: false });
      expect(() => barrier.wait()).toThrow("waited 500 ms at a barrier of 2 workers");
    } finally {
      performance.now = now;
    }
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  test("an abort frees every waiting rank at once", async () => {
    const { control, tally, ends } = crowd(3, 1, { spin: false, absent: 1 });
    const { words } = controlOf(control);
    while (Atomics.load(words, Word.ARRIVED) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const asked = performance.now();
    abort(words);
    expect(await ends).toEqual(["RunAbortedError", "RunAbortedError"]);
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(new Int32Array(tally)[0]).toBe(2);
  });

  test("a rank alone in its world never waits", () => {
    const { words } = controlOf(createControlBuffer());
    const barrier = new Barrier(words, { worldSize: 1, deadlineMs: 0, spin: false });
    for (let i = 0; i < 10; i++) barrier.wait();
    expect(Atomics.load(words, Word.GENERATION)).toBe(10);
  });

  test("a rank that comes after an abort does not go on", () => {
    const { words } = controlOf(createControlBuffer());
    abort(words);
    expect(() => new Barrier(words, { worldSize: 1, deadlineMs: 0, spin: false }).wait()).toThrow("aborted");
  });
});
