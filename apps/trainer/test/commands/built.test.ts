// Every command of the built program, each as a process, the way somebody uses them one after the other on a table of their own.
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { gradloom } from "../support/built-program.ts";
import { folderOf } from "../support/data-folder.ts";

const IRIS = fileURLToPath(new URL("../fixtures/iris.csv", import.meta.url));
const MODEL = ["--model", "runs/iris"];

test("train, then evaluate, predict, export three ways, report, gradcheck and explain the model", async () => {
  const folder = folderOf({});
  copyFileSync(IRIS, join(folder, "iris.csv"));
  const run = (...args: readonly string[]) => gradloom(folder, ...args);
  const data = ["--data", "iris.csv", "--label", "species", "--validation", "0.2"];
  const trained = await run("train", ...data, "--epochs", "40", "--name", "iris", "--quiet");
  const accuracy = /test accuracy +([\d.]+) %/.exec(trained)?.[1];
  expect(Number(accuracy)).toBeGreaterThan(85);

  const judged = JSON.parse(await run("evaluate", ...MODEL, "--json"));
  expect((100 * judged.accuracy).toFixed(2)).toBe(accuracy);

  const predicted = (await run("predict", ...MODEL, "iris.csv")).trim().split("\n").slice(1);
  expect(predicted).toHaveLength(150);
  const names = readFileSync(IRIS, "utf8").trim().split("\n").slice(1);
  const right = predicted.filter((line, i) => line.split(",")[1] === names[i]?.split(",").at(-1));
  expect(right.length).toBeGreaterThan(0.85 * 150);

  for (const [format, file] of [
    ["onnx", "model.onnx"],
    ["safetensors-torch", "model.torch.safetensors"],
    ["npz", "model.npz"],
  ] as const) {
    expect(await run("export", ...MODEL, "--to", format)).toContain(`runs/iris/${file}`);
    expect(existsSync(join(folder, "runs/iris", file))).toBe(true);
  }
  expect(JSON.parse(await run("report", "--json"))).toEqual({
    run: "runs/iris",
    out: "runs/iris/report.html",
  });
  expect(await run("gradcheck", ...MODEL)).toMatch(/\nRight: the largest relative error/);
  expect(await run("explain", ...MODEL, "--row", "0")).toContain("backward ← SoftmaxWithLoss");
});

test.each([
  [["explain", "orange"], /715/],
  [["doctor"], /\nNode +\d/],
  [["plan", "--ranks", "4", "--net", "10gbit", "--gflops", "20"], /ranks/],
  [["train", "--dry-run"], /784-50-10/],
  [["--version"], /^\d+\.\d+\.\d+\n$/],
])("%j", async (args, said) => {
  expect(await gradloom(folderOf({}), ...args)).toMatch(said);
});

test.each(["train", "evaluate", "predict", "export", "report", "gradcheck", "explain", "doctor", "plan"])(
  "%s --help starts with examples",
  async (command) => {
    expect(await gradloom(folderOf({}), command, "--help")).toMatch(/^Examples:\n {2}gradloom /);
  },
);
