// Flags over file over defaults; what is printed is a file that says the same; the schema is the table's.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { closest } from "../../src/config/closest.ts";
import { configSchema } from "../../src/config/schema.ts";
import { folderOf, smallFiles } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";

/** `gradloom train …args` in a folder with data and a configuration. */
async function trained(config: object, ...args: string[]) {
  const cwd = folderOf(smallFiles());
  writeFileSync(join(cwd, "config.json"), JSON.stringify({ data: ".", batchSize: 2, ...config }));
  return { cwd, ...(await runCli(["train", "--config", "config.json", ...args], { cwd })) };
}

describe("--config", () => {
  test("flags go before the file, the file before the defaults", async () => {
    const { calls, code } = await trained({ epochs: 3, seed: 4, optimizer: "adam" }, "--seed", "5");
    expect(code).toBe(0);
    expect(calls[0]?.options).toMatchObject({ epochs: 3, seed: 5, optimizer: "adam", learningRate: 0.001 });
  });

  test("--reproducible goes before the file's backend", async () => {
    const { calls } = await trained({ backend: "reference" }, "--reproducible");
    expect(calls[0]?.options).toMatchObject({ backend: "wasm" });
  });

  test("save: false leaves no folder", async () => {
    const { cwd, code } = await trained({ save: false });
    expect(code).toBe(0);
    expect(existsSync(join(cwd, "runs"))).toBe(false);
  });

  test("a wrong key ends with 2 before anything happens", async () => {
    const { code, stderr, calls } = await trained({ epoch: 3 });
    expect([code, calls]).toEqual([2, []]);
    expect(stderr).toContain('config.json: unknown key "epoch". Did you mean epochs?');
  });
});

describe("--print-config", () => {
  test("prints every setting as a file that gives the same run", async () => {
    const { stdout, calls, code } = await trained({ epochs: 3 }, "--print-config", "--hidden", "7,6");
    expect([code, calls]).toEqual([0, []]);
    const cwd = folderOf({});
    writeFileSync(join(cwd, "printed.json"), stdout);
    const again = await runCli(["train", "--config", "printed.json", "--print-config"], { cwd });
    expect(again.stdout).toBe(stdout);
    expect(JSON.parse(stdout)).toMatchObject({
      epochs: 3,
      hidden: [7, 6],
      optimizer: "sgd",
      learningRate: 0.1,
    });
  });

  test("a run's own config.json repeats the run", async () => {
    const { cwd } = await trained({ epochs: 3, learningRate: 0.25 });
    const again = await runCli(["train", "--config", "runs/001/config.json"], { cwd });
    expect(again.code).toBe(0);
    expect(again.calls[0]?.options).toMatchObject({ epochs: 3, learningRate: 0.25 });
    expect(existsSync(join(cwd, "runs/002/config.json"))).toBe(true);
  });
});

test("the schema that is shipped is the table's", () => {
  const shipped = readFileSync(new URL("../../config.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(configSchema())));
});

test.each([
  ["epoch", "epochs"],
  ["LearningRate", "learningRate"],
  ["hiden", "hidden"],
  ["xyz", undefined],
  ["", undefined],
])("the word closest to %j is %s", (word, expected) => {
  expect(closest(word, ["epochs", "learningRate", "hidden", "seed"])).toBe(expected);
});
