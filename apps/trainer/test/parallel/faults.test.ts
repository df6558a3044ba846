// A worker that dies or never starts ends the run within seconds, with its own error.
import { beforeAll, describe, expect, test } from "vitest";
import { limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { DivergedError, WorkerLostError } from "../../src/errors.ts";
import { resolveOptions } from "../../src/options.ts";
import { train, trainOn } from "../../src/train.ts";

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 1000), test: limitRows(mnist.test, 100) };
});

async function failure(
  filename: string,
  workers = 3,
  startMs = 10_000,
): Promise<{ error: unknown; seconds: number }> {
  const started = performance.now();
  const options = resolveOptions({ workers, epochs: 2 });
  const worker = new URL(`./faulty/${filename}`, import.meta.url).href;
  const error = await trainOn(data, options, {}, { filename: worker, startMs }).catch(
    (reason: unknown) => reason,
  );
  return { error, seconds: (performance.now() - started) / 1000 };
}

describe("a worker that fails in the middle of an epoch", () => {
  test.each([
    { filename: "throws.ts", message: "the injected fault" },
    { filename: "exits.ts", message: "worker exited with code: 3" },
    { filename: "traps.ts", message: "unreachable" },
  ])("$filename: the run ends with that worker's own error", async ({ filename, message }) => {
    const { error, seconds } = await failure(filename);
    expect(error).toBeInstanceOf(WorkerLostError);
    expect((error as WorkerLostError).rank).toBe(1);
    expect((error as WorkerLostError).message).toContain(message);
    expect(((error as WorkerLostError).cause as Error).message).toContain(message);
    expect(seconds).toBeLessThan(10);
  });
});

describe("a worker that never starts", () => {
  test("a module that cannot be loaded: its own error, not a hang", async () => {
    const { error, seconds } = await failure("never-loads.ts");
    expect(error).toBeInstanceOf(WorkerLostError);
    expect((error as Error).message).toContain("this worker cannot be loaded");
    expect(seconds).toBeLessThan(10);
  });

  test("a worker that does not answer: an error that says how long was waited", async () => {
    const { error } = await failure("never-answers.ts", 2, 700);
    expect(error).toBeInstanceOf(WorkerLostError);
    expect((error as Error).message).toContain("not all of the 2 workers started within 0.7 s");
  });
});

describe("a run that cannot go on", () => {
  test("a loss that is no number stops all workers at that step", async () => {
    const diverging = train(data, { workers: 3, epochs: 2, learningRate: 1e30 });
    await expect(diverging).rejects.toThrow(DivergedError);
    await expect(diverging).rejects.toThrow(/after step \d+ of epoch 1.*--lr/);
  });

  test("an aborted signal ends the run with the signal's reason", async () => {
    const controller = new AbortController();
    const onEvent = (event: { type: string }): void => {
      if (event.type === "epoch") controller.abort(new Error("enough"));
    };
    await expect(
      train(data, { workers: 2, epochs: 1000 }, { signal: controller.signal, onEvent }),
    ).rejects.toThrow("enough");
    await expect(train(data, { workers: 2 }, { signal: controller.signal })).rejects.toThrow("enough");
  });

  test("a listener that throws ends the run with its error", async () => {
    const onEvent = (): void => {
      throw new RangeError("the listener's fault");
    };
    await expect(train(data, { workers: 2, epochs: 1 }, { onEvent })).rejects.toThrow("the listener's fault");
  });
});
