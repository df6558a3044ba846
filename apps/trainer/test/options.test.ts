// Every option's range, default and message, in both spellings.
import { availableParallelism } from "node:os";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DataError, UsageError } from "../src/errors.ts";
import { OPTION_RULES, TRAINING_OPTIONS } from "../src/option-rules.ts";
import { checkAgainstData, defaultOptions, resolveOptions, type TrainingOptions } from "../src/options.ts";

afterEach(() => void vi.unstubAllEnvs());

const given = (name: string, value: unknown) => ({ [name]: value }) as Partial<TrainingOptions>;

test("the defaults are the book's run on every core", () => {
  expect(resolveOptions()).toEqual({
    workers: availableParallelism(),
    epochs: 17,
    batchSize: 100,
    optimizer: "sgd",
    learningRate: 0.1,
    hidden: 50,
    seed: 0,
    limit: undefined,
    dtype: "float32",
    backend: "auto",
    activation: "relu",
    init: 0.01,
    schedule: "constant",
    sparse: "auto",
    overlap: "auto",
    restarts: 3,
  });
});

test("what is given replaces the default, and undefined counts as not given", () => {
  expect(resolveOptions({ epochs: 3, seed: 9, ...given("workers", undefined) })).toEqual({
    ...defaultOptions(),
    epochs: 3,
    seed: 9,
  });
});

test("the table has every option and the help's order has every option but classes", () => {
  expect(Object.keys(OPTION_RULES).sort()).toEqual([...Object.keys(defaultOptions()), "classes"].sort());
  expect([...TRAINING_OPTIONS].sort()).toEqual(Object.keys(defaultOptions()).sort());
});

describe("values at the edge are taken", () => {
  test.each([
    ["workers", 1],
    ["workers", 256],
    ["epochs", 1],
    ["batchSize", 1],
    ["learningRate", 5e-324],
    ["learningRate", 1e6],
    ["hidden", 1],
    ["hidden", [256, 128]],
    ["init", "he"],
    ["init", 0.5],
    ["seed", 0],
    ["seed", Number.MAX_SAFE_INTEGER],
    ["limit", 1],
    ["dtype", "float64"],
    ["backend", "reference"],
    ["activation", "sigmoid"],
    ["weightDecay", 0],
    ["clipNorm", 1e-3],
    ["schedule", "cosine"],
    ["warmUp", 1],
    ["patience", 1],
    ["evaluateEvery", 1],
    ["timeLimit", 0.1],
    ["limitBatches", 1],
    ["overfitOneBatch", true],
    ["overfitOneBatch", false],
    ["sparse", "off"],
    ["overlap", "on"],
    ["overlap", 4],
  ])("%s %s", (name, value) => {
    expect(resolveOptions(given(name, value))).toMatchObject({ [name]: value });
  });
});

describe("values out of range are refused in both spellings", () => {
  test.each([
    ["workers", "--workers", 0, "1 to 256"],
    ["workers", "--workers", 257, "1 to 256"],
    ["workers", "--workers", 1.5, "whole number"],
    ["workers", "--workers", "2", "whole number"],
    ["epochs", "--epochs", 0, "whole number"],
    ["epochs", "--epochs", Number.POSITIVE_INFINITY, "whole number"],
    ["batchSize", "--batch-size", 0, "whole number"],
    ["learningRate", "--lr", 0, "above 0"],
    ["learningRate", "--lr", -0.1, "above 0"],
    ["learningRate", "--lr", Number.NaN, "finite"],
    ["hidden", "--hidden", 0, "1 to 65536"],
    ["hidden", "--hidden", [256, 0], "1 to 65536"],
    ["hidden", "--hidden", [], "1 to 64 whole numbers"],
    ["seed", "--seed", -1, "0 to 9007199254740991"],
    ["seed", "--seed", 2 ** 53, "0 to 9007199254740991"],
    ["limit", "--limit", 0, "whole number"],
    ["limit", "--limit", null, "whole number"],
    ["dtype", "--dtype", "float16", "float32 or float64"],
    ["backend", "--backend", "cuda", "reference or blas"],
    ["init", "--init", "glorot", "he or xavier"],
    ["init", "--init", 0, "above 0"],
    ["activation", "--activation", "tanh", "relu or sigmoid"],
    ["activation", "--activation", "constructor", "relu or sigmoid"],
    ["weightDecay", "--weight-decay", -1, "0 or more"],
    ["weightDecay", "--weight-decay", Number.POSITIVE_INFINITY, "finite"],
    ["momentum", "--momentum", 1, "from 0 to below 1"],
    ["clipNorm", "--clip-norm", 0, "above 0"],
    ["schedule", "--schedule", "linear", "cosine or plateau"],
    ["stepEvery", "--step-every", 0, "whole number"],
    ["stepFactor", "--step-factor", 0, "above 0 and below 1"],
    ["stepFactor", "--step-factor", 1, "above 0 and below 1"],
    ["warmUp", "--warm-up", 0.5, "whole number"],
    ["patience", "--patience", 0, "whole number"],
    ["evaluateEvery", "--evaluate-every", 0, "whole number"],
    ["pieces", "--pieces", 0, "1 to 256"],
    ["pieces", "--pieces", 2.5, "whole number"],
    ["pieces", "--pieces", 257, "1 to 256"],
    ["timeLimit", "--time-limit", 0, "above 0"],
    ["limitBatches", "--limit-batches", 0, "whole number"],
    ["overfitOneBatch", "--overfit-one-batch", "yes", "true or false"],
    ["sparse", "--sparse", true, "on or off"],
    ["overlap", "--overlap", 3, "auto, on, off, 2, 4 or 8"],
    ["overlap", "--overlap", "4", "2, 4 or 8"],
    ["overlap", "--overlap", "yes", "auto, on, off, 2, 4 or 8"],
  ])("%s = %s %s", (name, flag, value, range) => {
    for (const [spelling, spelled] of [
      ["property", name],
      ["flag", flag],
    ] as const) {
      const refuse = () => resolveOptions(given(name, value), spelling);
      expect(refuse).toThrow(UsageError);
      expect(refuse).toThrow(
        `${spelled} ${typeof value === "string" ? JSON.stringify(value) : value}: expected`,
      );
      expect(refuse).toThrow(range);
      expect(refuse).toThrow("Leave it out");
    }
  });
});

test("a property that is no option is refused, with a guess where only the case differs", () => {
  expect(() => resolveOptions(given("batchsize", 10))).toThrow("Did you mean batchSize?");
  expect(() => resolveOptions(given("tempo", 0.9))).toThrow(/unknown training option "tempo".*workers/);
  expect(() => resolveOptions(given("toString", 1))).toThrow(UsageError);
  expect(() => resolveOptions(JSON.parse('{"__proto__": {"epochs": 1}}'))).toThrow(UsageError);
});

describe("an option that would change nothing beside the others is refused", () => {
  test.each<[Partial<TrainingOptions>, string]>([
    [{ momentum: 0.5 }, "momentum 0.5 has no meaning with optimizer sgd, only with momentum or nesterov"],
    [{ stepEvery: 5 }, "stepEvery 5 has no meaning with schedule constant, only with step or plateau"],
    [{ stepFactor: 0.5, schedule: "cosine" }, "stepFactor 0.5 has no meaning with schedule cosine"],
    [{ pieces: 2, backend: "wasm" }, "pieces 2 has no meaning with backend wasm, only with blas"],
  ])("%j", (options, message) => {
    expect(() => resolveOptions(options)).toThrow(UsageError);
    expect(() => resolveOptions(options)).toThrow(message);
    expect(() => resolveOptions(options, "flag")).toThrow(/^--/);
  });

  test("beside the right ones they are taken", () => {
    const options = {
      optimizer: "nesterov",
      momentum: 0.5,
      schedule: "plateau",
      stepEvery: 2,
      stepFactor: 0.5,
      backend: "blas",
      pieces: 256,
    } as const;
    expect(resolveOptions(options)).toMatchObject(options);
  });

  test("the environment's backend counts where the options leave it open", () => {
    const pieces = (backend: TrainingOptions["backend"]) => () => resolveOptions({ backend, pieces: 4 });
    vi.stubEnv("GRADLOOM_BACKEND", "blas");
    expect(pieces("auto")()).toMatchObject({ backend: "auto", pieces: 4 });
    expect(pieces("wasm")).toThrow("pieces 4 has no meaning with backend wasm");
    vi.stubEnv("GRADLOOM_BACKEND", "wasm");
    expect(pieces("auto")).toThrow(
      "pieces 4 has no meaning with backend auto, for which GRADLOOM_BACKEND says wasm, only with blas. Leave it out.",
    );
    for (const nothing of ["", undefined]) {
      vi.stubEnv("GRADLOOM_BACKEND", nothing);
      expect(pieces("auto")).toThrow(
        "pieces 4 has no meaning with backend auto, only with blas or GRADLOOM_BACKEND=blas. Leave it out.",
      );
    }
    expect(pieces("wasm")).toThrow("with backend wasm, only with blas. Leave it out.");
    expect(pieces("blas")()).toMatchObject({ pieces: 4 });
  });
});

describe("against the data", () => {
  const data = { name: "MNIST", train: { rows: 500 } };
  const check = (batchSize: number, limit?: number) => () =>
    checkAgainstData({ batchSize, limit }, data, "flag");

  test("a batch of all rows and a limit of all rows are taken", () => {
    expect(check(500)).not.toThrow();
    expect(check(100, 500)).not.toThrow();
    expect(check(20, 20)).not.toThrow();
  });

  test("a batch larger than the rows names both numbers", () => {
    expect(check(501)).toThrow(DataError);
    expect(check(501)).toThrow(/MNIST.*--batch-size of at most 500.*--batch-size 501/);
  });

  test("a batch larger than the rows that the limit leaves names the limit", () => {
    expect(check(100, 99)).toThrow(/at most 99, the rows that --limit leaves.*--batch-size 100/);
    expect(() => checkAgainstData({ batchSize: 100, limit: 99 }, data)).toThrow(
      /rows that limit leaves.*batchSize 100/,
    );
  });

  test("what chooses by validation rows is refused without any, naming both", () => {
    const options = { batchSize: 100, limit: undefined };
    const validated = { ...data, validation: { rows: 50 } };
    for (const chooser of [{ patience: 3 }, { schedule: "plateau" }] as const) {
      const judged = { ...options, ...chooser };
      expect(() => checkAgainstData(judged, data, "flag")).toThrow(UsageError);
      expect(() => checkAgainstData(judged, data, "flag")).toThrow(
        /^--(patience 3|schedule plateau) needs.*--validation/,
      );
      expect(() => checkAgainstData(judged, validated, "flag")).not.toThrow();
    }
  });

  test("a limit above the rows names both numbers", () => {
    expect(check(100, 501)).toThrow(/--limit of at most 500.*--limit 501/);
  });
});
