// A model that still lies in its run's folder: the commands find it by the folder, and its own test rows with it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { argmax, createKernels, MultiLayerNet } from "@gradloom/core";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { loadData } from "../../src/data/load-data.ts";
import { cardOf } from "../../src/model/card-of.ts";
import { modelBytes } from "../../src/model/model-file.ts";
import { folderOf } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";

const IRIS = fileURLToPath(new URL("../fixtures/iris.csv", import.meta.url));

/** A run on iris with a split of its own, and how many of its test rows its net has right. */
async function run(): Promise<{ folder: string; right: number; rows: number }> {
  const data = await loadData(IRIS, { label: "species", test: 0.4, seed: 7 });
  const { test: rows, train } = data;
  const net = new MultiLayerNet({
    ...{ inputSize: train.columns, hiddenSizes: [6], outputSize: train.classes, weightInit: 0.8, seed: 3 },
    kernels: createKernels({ backend: "reference" }),
  });
  const folder = folderOf({ "model.safetensors": modelBytes(net, cardOf(data)) });
  const config = { data: IRIS, label: "species", test: 0.4, splitSeed: 7 };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const x = ndarray(Float32Array.from(rows.images), [rows.rows, rows.columns]);
  const right = argmax(net.predict(x)).data.filter((said, i) => said === rows.labels[i]).length;
  return { folder, right, rows: rows.rows };
}

describe("the folder of a run", () => {
  test("evaluate judges its model on its own test rows, split as in training", async () => {
    const { folder, right, rows } = await run();
    const { code, stdout } = await runCli(["evaluate", "--model", folder, "--json"]);
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect([found.rows, Math.round(found.accuracy * found.rows)]).toEqual([rows, right]);
    expect(found.model).toBe(join(folder, "model.safetensors"));
    expect(found.source).toBe(`the test rows of ${IRIS}`);
    expect(found.classes.map(({ name }: { name: string }) => name)).toEqual([
      "setosa",
      "versicolor",
      "virginica",
    ]);
    const byFile = await runCli(["evaluate", "--model", join(folder, "model.safetensors"), "--json"]);
    expect(byFile.stdout).toBe(stdout);
  });

  test("explain, gradcheck and predict take it too", async () => {
    const { folder } = await run();
    const explained = await runCli(["explain", "--model", folder, "--row", "59", "--json"]);
    expect(JSON.parse(explained.stdout).layers[0].input.shape).toEqual([4]);
    const { stdout } = await runCli(["explain", "--model", folder, "--row", "59"]);
    expect(stdout).toMatch(/\n {2}sepal length \(cm\) {2}\d(\.\d)? → -?\d\.\d+ for the net\n/);
    const beyond = await runCli(["explain", "--model", folder, "--row", "60"]);
    expect(beyond.stderr).toContain("expected a row from 0 to 59");
    expect((await runCli(["gradcheck", "--model", folder, "--samples", "5"])).code).toBe(0);
    const predicted = await runCli(["predict", "--model", folder, IRIS]);
    expect(predicted.stdout.trim().split("\n")).toHaveLength(151);
  });

  test("a file given with --data is judged whole, whatever the run's split was", async () => {
    const { folder } = await run();
    const { stdout } = await runCli(["evaluate", "--model", folder, "--data", IRIS, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 150, source: IRIS });
  });

  test("without a model in it is a data error that names the missing file", async () => {
    const folder = folderOf({});
    const { code, stderr } = await runCli(["evaluate", "--model", folder]);
    expect(code).toBe(3);
    expect(stderr).toContain(join(folder, "model.safetensors"));
  });
});
