// Signals: the first one stops the run through its AbortSignal, the second leaves at once.
import type { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { InterruptedError, type StopSignal } from "../../src/errors.ts";
import { folderOf, smallFiles } from "../support/data-folder.ts";
import { type CliOutcome, type FakeTrain, runCli } from "../support/fake-cli.ts";
import { result } from "../support/sample-events.ts";

/** A run that gets `names` one after the other, once the trainer is at work. */
function interrupted(names: readonly StopSignal[], train: FakeTrain): Promise<CliOutcome> {
  let signals: EventEmitter | undefined;
  const whenTraining: FakeTrain = (data, options, hooks) => {
    const running = train(data, options, hooks);
    for (const name of names) signals?.emit(name);
    return running;
  };
  return runCli(["train", "--data", folderOf(smallFiles()), "--batch-size", "2"], {
    train: whenTraining,
    onSignals: (emitter) => {
      signals = emitter;
    },
  });
}

/** Runs until it is aborted, then rejects with `error`, or with the signal's reason. */
const untilAborted =
  (error?: unknown): FakeTrain =>
  (_data, _options, hooks) =>
    new Promise((_, reject) => {
      hooks?.signal?.addEventListener("abort", () => reject(error ?? hooks.signal?.reason));
    });

test.each([
  ["SIGINT" as const, 130],
  ["SIGTERM" as const, 143],
])("%s stops the run and ends with %i", async (name, code) => {
  const outcome = await interrupted([name], untilAborted());
  expect(outcome).toMatchObject({ code, stdout: "", exits: [], listeners: 0 });
  expect(outcome.stderr).toContain(`${name} received`);
  expect(outcome.stderr).toContain(`interrupted by ${name}`);
});

test("the reason that the trainer sees is an InterruptedError", async () => {
  let reason: unknown;
  await interrupted(["SIGTERM"], async (_data, _options, hooks) => {
    hooks?.signal?.addEventListener("abort", () => {
      reason = hooks.signal?.reason;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    return result;
  });
  expect(reason).toBeInstanceOf(InterruptedError);
});

test("whatever the trainer rejects with after a signal, the signal decides the exit code", async () => {
  expect(await interrupted(["SIGINT"], untilAborted(new Error("left the barrier")))).toMatchObject({
    code: 130,
  });
});

test("a second signal leaves at once, with its own code", async () => {
  const outcome = await interrupted(["SIGINT", "SIGTERM"], untilAborted());
  expect(outcome.exits).toEqual([143]);
});

test("a run that finished in spite of the signal shows its result", async () => {
  const outcome = await interrupted(["SIGINT"], async () => result);
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toContain("test accuracy");
});

test("a signal while the data are being read stops before training", async () => {
  const outcome = await runCli(["train", "--data", folderOf(smallFiles()), "--batch-size", "2"], {
    onSignals: (emitter) => setImmediate(() => emitter.emit("SIGINT")),
  });
  expect(outcome).toMatchObject({ code: 130, calls: [] });
});
