// `gradloom train` with a trainer that only pretends: what reaches it, what is shown, and how a run ends.
import { describe, expect, test } from "vitest";
import { DivergedError, TrainerError, WorkerLostError } from "../../src/errors.ts";
import { OPTION_RULES } from "../../src/option-rules.ts";
import { defaultOptions } from "../../src/options.ts";
import { folderOf, smallFiles } from "../support/data-folder.ts";
import { type CliSettings, type FakeTrain, runCli } from "../support/fake-cli.ts";
import { screenOf } from "../support/fake-terminal.ts";
import { run } from "../support/sample-events.ts";

const trainSmall = (args: readonly string[] = [], settings: CliSettings = {}) =>
  runCli(["train", "--data", folderOf(smallFiles()), "--batch-size", "2", ...args], settings);
const failing =
  (error: unknown): FakeTrain =>
  () =>
    Promise.reject(error);

describe("what reaches the trainer", () => {
  test("MNIST and the defaults, when nothing is said", async () => {
    const { calls, code } = await runCli(["train", "--no-save"]);
    expect(code).toBe(0);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.data).toMatchObject({ name: "MNIST", train: { rows: 60_000 }, test: { rows: 10_000 } });
    expect(calls[0]?.options).toEqual(defaultOptions());
  });

  test("another optimizer brings its own learning rate, unless one is given", async () => {
    const { calls } = await runCli(["train", "--optimizer", "adam"]);
    expect(calls[0]?.options).toMatchObject({ optimizer: "adam", learningRate: 0.001 });
    const { calls: given } = await runCli(["train", "--optimizer", "adam", "--lr", "0.1"]);
    expect(given[0]?.options).toMatchObject({ optimizer: "adam", learningRate: 0.1 });
  });

  test("every option that was given", async () => {
    const given = {
      workers: 3,
      epochs: 4,
      batchSize: 1,
      learningRate: 0.25,
      hidden: [6, 5],
      seed: 7,
      limit: 2,
      dtype: "float64",
      backend: "reference",
      activation: "sigmoid",
      optimizer: "momentum",
      init: "he",
      restarts: 2,
      weightDecay: 0,
      momentum: 0.5,
      clipNorm: 2,
      schedule: "step",
      stepEvery: 3,
      stepFactor: 0.5,
      warmUp: 4,
      evaluateEvery: 2,
      timeLimit: 9.5,
      limitBatches: 2,
    };
    const flags = Object.entries({ ...given, hidden: "6,5" }).flatMap(([name, value]) => [
      OPTION_RULES[name as keyof typeof given].flag,
      String(value),
    ]);
    const { calls } = await trainSmall([...flags, "--overfit-one-batch", "--classes", "5"]);
    expect(calls[0]?.data.train.classes).toBe(5);
    expect(calls[0]?.options).toMatchObject({ ...given, overfitOneBatch: true });
  });
});

describe("what is shown", () => {
  test("the result on stdout and one plain line an epoch on stderr", async () => {
    const { stdout, stderr, code, listeners } = await trainSmall(["--no-save"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^train accuracy .*\ntest accuracy {3}97\.04 %[\s\S]*SHA-256 {9}(ab){32}\n$/);
    expect(stderr.split("\n")).toHaveLength(3);
    expect(listeners).toBe(0);
  });

  test("a live line on a screen, gone at the end", async () => {
    const { stderr } = await trainSmall([], { isTTY: true, env: { TERM: "xterm" } });
    expect(stderr).toContain("epoch 3/17");
    expect(screenOf(stderr).at(-1)).toBe("");
  });

  test("only the result with --quiet", async () => {
    const { stdout, stderr } = await trainSmall(["--quiet"], { isTTY: true });
    expect(stderr).toBe("");
    expect(stdout).toContain("test accuracy");
  });

  test("only events with --json", async () => {
    const { stdout, stderr } = await trainSmall(["--json"], { isTTY: true });
    expect(stderr).toBe("");
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([...run, { type: "saved", folder: "runs/001" }]);
  });
});

describe("how a run ends", () => {
  test("a lost worker ends with 6 and the worker's own error", async () => {
    const cause = new RangeError("the worker's own trouble");
    const lost = new WorkerLostError(1, "worker 1 of 2 died", { cause });
    const { code, stderr, stdout } = await trainSmall([], { train: failing(lost) });
    expect([code, stdout]).toEqual([6, ""]);
    expect(stderr).toMatch(
      /^gradloom: worker 1 of 2 died\n {2}caused by RangeError: the worker's own trouble\nRangeError: .*\n {4}at /,
    );
  });

  test("a diverged run ends with 4, and the stack comes only when asked for", async () => {
    const train = failing(new DivergedError("the loss is NaN"));
    expect(await trainSmall([], { train })).toMatchObject({ code: 4, stderr: "gradloom: the loss is NaN\n" });
    expect((await trainSmall([], { train, env: { GRADLOOM_DEBUG: "1" } })).stderr).toMatch(/\n {4}at /);
  });

  test.each([
    ["an error of no known kind", new RangeError("offset is out of bounds")],
    ["a fault of the trainer", new TrainerError("this cannot be")],
  ])("%s ends with 1, its stack and a request to report it", async (_, error) => {
    const { code, stderr } = await trainSmall([], { train: failing(error) });
    expect(code).toBe(1);
    expect(stderr).toContain(`internal error: ${error.message}`);
    expect(stderr).toMatch(/report[\s\S]*\n {4}at /);
  });

  test("something thrown that is no error ends with 1 as well", async () => {
    expect(await trainSmall([], { train: failing("just words") })).toMatchObject({ code: 1 });
  });

  test("a ring of causes is printed once", async () => {
    const first = new DivergedError("first");
    first.cause = new Error("second", { cause: first });
    const { stderr } = await trainSmall([], { train: failing(first) });
    expect(stderr).toBe("gradloom: first\n  caused by Error: second\n");
  });

  test("a live line is cleared before an error is printed", async () => {
    const train: FakeTrain = async (_data, _options, hooks) => {
      for (const event of run.slice(0, 2)) hooks?.onEvent?.(event);
      throw new DivergedError("the loss is NaN");
    };
    const { stderr } = await trainSmall([], { train, isTTY: true, env: { TERM: "xterm" } });
    expect(screenOf(stderr).slice(1)).toEqual(["gradloom: the loss is NaN", ""]);
  });
});

describe("--reproducible", () => {
  test("chooses the kernels that give the same bits on every machine", async () => {
    const { calls } = await runCli(["train", "--reproducible"]);
    expect(calls[0]?.options).toMatchObject({ backend: "wasm" });
  });

  test("is refused beside a backend that does not", async () => {
    const { code, stderr } = await runCli(["train", "--reproducible", "--backend", "reference"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--reproducible is --backend wasm, and --backend reference was given");
  });
});
