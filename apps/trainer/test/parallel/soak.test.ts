// Nothing grows: memory after many steps is what it was after few. The long suite (SOAK=full) makes 100,000 of them.
import { expect, test } from "vitest";
import { limitRows } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainEvent } from "../../src/events.ts";
import { train } from "../../src/train.ts";

const STEPS = process.env.SOAK === "full" ? 100_000 : 3_000;
const STEPS_PER_EPOCH = STEPS / 100;
/** On a machine that has other things to do too. */
const LIMIT_MS = STEPS === 100_000 ? 600_000 : 60_000;

/** A hundred bytes leaked by each of 100,000 steps would be 10 MB. */
const MOST_GROWTH_MB = STEPS === 100_000 ? 8 : 24;

/** The least of some readings: what garbage not collected yet adds is no leak. */
const least = (readings: readonly number[]): number => Math.min(...readings) / 2 ** 20;

test.each([
  {
    name: "minibatches, adam, clipped, on 2 workers",
    options: { batchSize: 4, workers: 2, optimizer: "adam", clipNorm: 5 },
  },
  { name: "one row at a time", options: { batchSize: 1 } },
] as const)("$name: memory stays flat", { timeout: LIMIT_MS }, async ({ options }) => {
  const mnist = await loadMnist();
  const rows = STEPS_PER_EPOCH * options.batchSize;
  const data = { ...mnist, train: limitRows(mnist.train, rows), test: limitRows(mnist.test, 100) };
  const seen: NodeJS.MemoryUsage[] = [];
  const onEvent = (event: TrainEvent): void =>
    void (event.type === "epoch" && seen.push(process.memoryUsage()));
  const epochs = STEPS / STEPS_PER_EPOCH;
  const { steps } = await train(
    data,
    { ...options, epochs, hidden: 16, learningRate: 1e-3 },
    { onEvent, save: () => {} },
  );
  expect(steps).toBe(STEPS);
  for (const kind of ["rss", "heapUsed", "arrayBuffers"] as const) {
    const readings = seen.map((usage) => usage[kind]);
    const early = least(readings.slice(Math.floor(epochs * 0.2), Math.floor(epochs * 0.5)));
    const late = least(readings.slice(Math.floor(epochs * 0.7)));
    expect(late - early, `MB of ${kind}`).toBeLessThan(MOST_GROWTH_MB);
  }
});
