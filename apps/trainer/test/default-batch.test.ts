// A step that nobody has sized takes fewer rows where there are few, and never more than there are.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { defaultBatchSize } from "../src/default-batch.ts";
import { loadIdxFolder, planTraining } from "../src/index.ts";
import { folderOf, learnableFiles } from "./support/data-folder.ts";
import { runCli } from "./support/fake-cli.ts";

const IRIS = fileURLToPath(new URL("fixtures/iris.csv", import.meta.url));

test.each([
  [1, 1],
  [10, 1],
  [11, 2],
  [96, 10],
  [990, 99],
  [999, 100],
  [60_000, 100],
])("of %i rows a step takes %i", (rows, expected) => {
  expect(defaultBatchSize(rows)).toBe(expected);
});

describe("the command", () => {
  const batches = async (args: readonly string[]) => {
    const { code, calls, stderr } = await runCli(["train", "--data", IRIS, "--no-save", ...args]);
    return [code, calls[0]?.options?.batchSize ?? stderr];
  };

  test("trains on a table of 120 rows, or on the rows that --limit leaves, as they are", async () => {
    expect(await batches([])).toEqual([0, 12]);
    expect(await batches(["--limit", "40"])).toEqual([0, 4]);
    expect(await batches(["--batch-size", "100"])).toEqual([0, 100]);
  });

  test("refuses more rows in a step than there are where they were asked for", async () => {
    expect(await batches(["--batch-size", "121"])).toEqual([3, expect.stringContaining("of at most 120")]);
  });

  test("writes down what it took; --print-config has no size where the data decide", async () => {
    const cwd = folderOf({});
    await runCli(["train", "--data", IRIS, "--name", "it"], { cwd });
    expect(JSON.parse(readFileSync(join(cwd, "runs/it/config.json"), "utf8")).batchSize).toBe(12);
    const printed = async (...args: readonly string[]) =>
      JSON.parse((await runCli(["train", ...args, "--print-config"])).stdout).batchSize;
    expect(await printed()).toBe(100);
    expect(await printed("--data", IRIS)).toBe(undefined);
    expect(await printed("--data", IRIS, "--batch-size", "7")).toBe(7);
  });
});

test("from code it is the same", async () => {
  const data = await loadIdxFolder(folderOf(learnableFiles(300)));
  expect(planTraining(data).options.batchSize).toBe(30);
  expect(planTraining(data, { limit: 70 }).options.batchSize).toBe(7);
  expect(planTraining(data, { batchSize: 100 }).options.batchSize).toBe(100);
});
