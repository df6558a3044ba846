// `gradloom export`: files that compute in NumPy and PyTorch what `predict` says, and where they are written.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadModel } from "@gradloom/core";
import { describe, expect, test } from "vitest";
import { folderOf } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";
import { pythonWith, runFixture } from "./python.ts";
import { modelFile } from "./small-model.ts";

const [NUMPY, TORCH] = [pythonWith("numpy"), pythonWith("torch")];

const ROWS = [
  [5.1, 3.5, 1.4, 0.2],
  [6.2, 2.9, 4.3, 1.3],
  [7.7, 3, 6.1, 2.3],
];
const STANDARDIZED = {
  card: { scale: 1, standardization: { mean: [5.8, 3.1, 3.8, 1.2], std: [0.8, 0.4, 1.8, 0.8] } },
};

async function exported(model: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["export", "--model", model, ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

/** What `predict` says of the rows. */
async function predicted(model: string): Promise<number[][]> {
  const csv = join(folderOf({}), "rows.csv");
  writeFileSync(csv, ROWS.map((row) => `${row.join(",")}\n`).join(""));
  const { stdout } = await runCli(["predict", "--model", model, csv]);
  return stdout
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").slice(3).map(Number));
}

function largestDifference(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  expect(a.map((row) => row.length)).toEqual(b.map((row) => row.length));
  return Math.max(
    ...a.flatMap((row, n) => row.map((value, k) => Math.abs(value - (b[n]?.[k] ?? Number.NaN)))),
  );
}

describe.skipIf(NUMPY === undefined)("in NumPy", () => {
  test.each([
    ["npz", ".npz"],
    ["safetensors-torch", ".torch.safetensors"],
  ])("%s gives the probabilities of predict, standardization or scale included", async (format, ending) => {
    for (const settings of [STANDARDIZED, { card: { scale: 0.25 } }]) {
      const model = modelFile(settings);
      await exported(model, "--to", format);
      const theirs = runFixture(
        NUMPY ?? "",
        "forward.py",
        model.replace(".safetensors", ending),
        JSON.stringify(ROWS),
      );
      expect(largestDifference(theirs as number[][], await predicted(model))).toBeLessThan(2e-7);
    }
  });
});

describe.skipIf(TORCH === undefined)("in PyTorch", () => {
  test("safetensors-torch loads into nn.Linear and gives the probabilities of predict", async () => {
    const model = modelFile({ card: { scale: 1 } });
    await exported(model, "--to", "safetensors-torch");
    const file = model.replace(".safetensors", ".torch.safetensors");
    const theirs = runFixture(TORCH ?? "", "torch_linear.py", file, JSON.stringify(ROWS)) as number[][];
    expect(largestDifference(theirs, await predicted(model))).toBeLessThan(1e-6);
  });
});

describe("files", () => {
  test("onnx holds the standardization as nodes before the first layer, and the class names as metadata", async () => {
    const model = modelFile(STANDARDIZED);
    const text = await exported(model, "--to", "onnx");
    const file = model.replace(".safetensors", ".onnx");
    expect(text).toContain(`written  ${file}, `);
    expect(text).toContain("(N, 4) raw values; the file standardizes them");
    const bytes = readFileSync(file).toString("latin1");
    expect(bytes.match(/(Sub|Div|Mul|Gemm|Relu|Softmax):\w+/g)).toEqual([
      ...[
        "Sub:centred",
        "Div:standardized",
        "Gemm:affine1",
        "Relu:relu1",
        "Gemm:scores",
        "Softmax:probabilities",
      ],
    ]);
    expect(bytes).toContain('["ant","bee","owl"]');
  });

  test("the torch layout keeps the bits of the weights: it loads again as the same net", async () => {
    const model = modelFile();
    const out = join(folderOf({}), "turned.safetensors");
    const found = JSON.parse(await exported(model, "--to", "safetensors-torch", "--out", out, "--json"));
    expect(found).toMatchObject({ out, format: "safetensors-torch", bytes: readFileSync(out).length });
    const [before, after] = [model, out].map((path) => loadModel(readFileSync(path)).parameters.data);
    expect(after).toEqual(before);
  });

  test("the same model gives the same bytes", async () => {
    const model = modelFile();
    for (const format of ["onnx", "npz", "safetensors-torch"]) {
      const [a, b] = ["a", "b"].map((name) => join(dirname(model), name));
      if (a === undefined || b === undefined) throw new Error("unreachable");
      await exported(model, "--to", format, "--out", a);
      await exported(model, "--to", format, "--out", b);
      expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
    }
  });
});

describe("refusals", () => {
  test("a format that is not known, or none: 2, and nothing is written", async () => {
    const model = modelFile();
    const wrong = await runCli(["export", "--model", model, "--to", "onxx"]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("onnx, safetensors-torch, npz") });
    const none = await runCli(["export", "--model", model]);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("export needs --to") });
    expect(existsSync(model.replace(".safetensors", ".onnx"))).toBe(false);
  });

  test("writing over the model itself: 2, and the model is as it was", async () => {
    const model = modelFile();
    const before = readFileSync(model);
    const outcome = await runCli(["export", "--model", model, "--to", "npz", "--out", model]);
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("is the model itself") });
    expect(readFileSync(model).equals(before)).toBe(true);
  });

  test("a folder that is not there: 5, naming the path", async () => {
    const out = "/no/such/folder/model.onnx";
    const outcome = await runCli(["export", "--model", modelFile(), "--to", "onnx", "--out", out]);
    expect(outcome).toMatchObject({ code: 5, stderr: expect.stringContaining(out) });
  });
});
