// Workers that die, hang or never start: the run goes on with the same bits, or ends with the worker's own error.
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { WorkerLostError } from "../../src/errors.ts";
import type { TrainEvent } from "../../src/events.ts";
import { resolveOptions } from "../../src/options.ts";
import { type Trained, type TrainInternals, train, trainOn } from "../../src/train.ts";

const OPTIONS = { workers: 3, epochs: 3, batchSize: 100, seed: 3, optimizer: "adam" } as const;

let data: TrainingData;
let undisturbed: Trained;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 650), test: limitRows(mnist.test, 100) };
  undisturbed = await train(data, OPTIONS);
});

afterEach(() => {
  delete process.env.FAULTS;
});

/** Trains with workers from test/parallel/faulty, the first `faults` of which fail. */
async function trainWith(
  filename: string,
  faults: number,
  {
    workers = OPTIONS.workers,
    restarts = 3,
    ...internals
  }: TrainInternals & { readonly workers?: number; readonly restarts?: number } = {},
): Promise<{ result: Trained; restarts: TrainEvent[] }> {
  process.env.FAULTS = String(faults);
  const seen: TrainEvent[] = [];
  const onEvent = (event: TrainEvent): void => {
    if (event.type === "restart") seen.push(event);
  };
  const worker = new URL(`./faulty/${filename}`, import.meta.url).href;
  const options = resolveOptions({ ...OPTIONS, workers, restarts });
  const result = await trainOn(data, options, { onEvent }, { filename: worker, ...internals });
  return { result, restarts: seen };
}

describe("a worker lost in the middle of an epoch: the run goes on, with the bits of an undisturbed one", () => {
  test.each([
    { filename: "throws.ts", reason: "worker 1 failed: TypeError: the injected fault" },
    { filename: "exits.ts", reason: "worker exited with code: 3" },
    { filename: "traps.ts", reason: "unreachable" },
    {
      filename: "hangs.ts",
      reason:
        "a worker failed: BarrierTimeoutError: waited 2000 ms at a barrier of 3 workers and not all came",
    },
  ])("$filename", async ({ filename, reason }) => {
    const { result, restarts } = await trainWith(
      filename,
      1,
      filename === "hangs.ts" ? { barrierMs: 2000 } : {},
    );
    expect(result.sha256).toBe(undisturbed.sha256);
    expect(result.loss).toBe(undisturbed.loss);
    expect(result.testAccuracy).toBe(undisturbed.testAccuracy);
    expect(restarts).toEqual([
      expect.objectContaining({
        epoch: 2,
        count: 1,
        maxRestarts: 3,
        reason: expect.stringContaining(reason),
      }),
    ]);
  });

  test("a worker that runs out of memory", { timeout: 60_000 }, async () => {
    const { result, restarts } = await trainWith("runs-out-of-memory.ts", 1, { heapMb: 64 });
    expect(result.sha256).toBe(undisturbed.sha256);
    expect(restarts).toEqual([expect.objectContaining({ reason: expect.stringContaining("memory limit") })]);
  });

  test("a worker alone that hangs: the watch over the counters ends it", async () => {
    const { result, restarts } = await trainWith("hangs.ts", 1, { workers: 1, stallMs: 3000 });
    expect(result.sha256).toBe(undisturbed.sha256);
    expect(restarts).toEqual([
      expect.objectContaining({ reason: expect.stringContaining("finished nothing for 3 s") }),
    ]);
  });
});

describe("workers that are lost again and again", () => {
  test("the same error at the same step for the second time ends the run with the worker's own error and its stack", async () => {
    const started = performance.now();
    const error = await trainWith("throws.ts", 100).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkerLostError);
    const { rank, message, cause } = error as WorkerLostError;
    expect(rank).toBe(1);
    expect(message).toContain("the injected fault");
    expect((cause as Error).stack).toContain("throws.ts");
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test("errors that are not the same use up all restarts, then the first one ends the run", async () => {
    const seen: number[] = [];
    const onEvent = (event: TrainEvent): void => void (event.type === "restart" && seen.push(event.count));
    process.env.FAULTS = "100";
    const worker = new URL("./faulty/throws-something-else.ts", import.meta.url).href;
    const options = resolveOptions({ ...OPTIONS, restarts: 2 });
    const run = trainOn(data, options, { onEvent }, { filename: worker });
    await expect(run).rejects.toThrow("the injected fault 1");
    expect(seen).toEqual([1, 2]);
  });

  test("with no restart allowed the first loss ends the run", async () => {
    const started = performance.now();
    await expect(trainWith("exits.ts", 1, { restarts: 0 })).rejects.toThrow("worker exited with code: 3");
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("a worker that never starts", () => {
  test("a module that cannot be loaded: its own error, not a hang", async () => {
    const started = performance.now();
    const error = await trainWith("never-loads.ts", 0).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkerLostError);
    expect((error as Error).message).toContain("this worker cannot be loaded");
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("a worker that does not answer: an error that says how long was waited", async () => {
    await expect(trainWith("never-answers.ts", 0, { workers: 2, startMs: 700 })).rejects.toThrow(
      "not all of the 2 workers started within 0.7 s",
    );
  });
});
