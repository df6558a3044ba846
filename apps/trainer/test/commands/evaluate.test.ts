// `gradloom evaluate`: metrics that can be counted by hand, classes matched by name, and data that do not fit.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderOf, smallFiles } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";
import { echoModel, modelFile, smallFolder } from "./small-model.ts";

const CLASSES = ["cat", "ant", "bee", "dog"];
/** What is right, and what the model will say: the column that is 1. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["ant", "ant"],
  ["ant", "ant"],
  ["ant", "bee"],
  ["bee", "bee"],
  ["bee", "cat"],
  ["cat", "cat"],
  ["cat", "cat"],
  ["cat", "ant"],
  ["cat", "cat"],
];

function csvOf(pairs = PAIRS): string {
  const rows = pairs.map(([label, said]) =>
    [label, ...CLASSES.map((name) => (name === said ? 1 : 0))].join(","),
  );
  const path = join(folderOf({}), "animals.csv");
  writeFileSync(path, ["kind,c,a,b,d", ...rows, ""].join("\n"));
  return path;
}

async function evaluated(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["evaluate", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("metrics", () => {
  test("loss, accuracy, each class and the confusion are what counting by hand gives", async () => {
    const args = ["--model", echoModel(CLASSES), "--data", csvOf(), "--label", "kind", "--json"];
    const found = JSON.parse(await evaluated(...args));
    // Scores are 1 for one class and 0 for three: −log softmax is log(e + 3), less 1 where the model is right.
    expect(found.loss).toBeCloseTo(Math.log(Math.E + 3) - 6 / 9, 6);
    expect(found.accuracy).toBe(6 / 9);
    expect(found.rows).toBe(9);
    expect(found.classes).toEqual([
      { name: "cat", precision: 3 / 4, recall: 3 / 4, f1: 3 / 4, support: 4 },
      { name: "ant", precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 },
      { name: "bee", precision: 1 / 2, recall: 1 / 2, f1: 1 / 2, support: 2 },
      { name: "dog", support: 0 },
    ]);
    expect(found.macro.f1).toBeCloseTo((3 / 4 + 2 / 3 + 1 / 2) / 3, 15);
    expect(found.confusion).toEqual([
      [3, 1, 0, 0],
      [0, 2, 1, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });

  test("for people: a summary, a table, a matrix whose dots are zeros", async () => {
    const text = await evaluated("--model", echoModel(CLASSES), "--data", csvOf(), "--label", "kind");
    expect(text).toMatch(/^accuracy {2}66\.67 % \(6 of 9, .*animals\.csv\)\nloss {6}1\.0770\n/);
    expect(text).toMatch(/\ncat {7}0\.7500 {5}0\.7500 {5}0\.7500 {10}4\n/);
    expect(text).toMatch(/\ndog {12}- {10}- {10}- {10}0\n/);
    expect(text.split("\n").slice(-6, -1)).toEqual([
      "      cat  ant  bee  dog",
      "cat     3    1    .    .",
      "ant     .    2    1    .",
      "bee     1    .    1    .",
      "dog     .    .    .    .",
    ]);
  });

  test("where a matrix would be too wide, the most frequent mistakes are listed", async () => {
    const names = Array.from({ length: 30 }, (_, k) => `class-${k}`);
    const header = ["label", ...names.map((_, k) => `x${k}`)].join(",");
    const row = (label: number, said: number) =>
      [names[label], ...names.map((_, k) => (k === said ? 1 : 0))].join(",");
    const path = join(folderOf({}), "many.csv");
    writeFileSync(path, [header, row(0, 0), row(7, 3), row(7, 3), row(2, 1), ""].join("\n"));
    const text = await evaluated("--model", echoModel(names), "--data", path, "--label", "label");
    expect(text).toContain("most frequent mistakes:\n      2  class-7 taken for class-3\n      1  class-2");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("a class name that would move the cursor is shown without that", async () => {
    const names = ["a\u001b[2J", "b\nc"];
    const path = join(folderOf({}), "x.csv");
    writeFileSync(path, `label,u,v\n${names[0]},1,0\n"${names[1]}",0,1\n`);
    const text = await evaluated("--model", echoModel(names), "--data", path, "--label", "label");
    expect(text).toMatch(/\na\?\[2J +1\.0000/);
    expect(text).toMatch(/\nb\?c +1\.0000/);
  });
});

describe("data", () => {
  test("of a folder are its test rows, and classes are found by name whatever their numbers", async () => {
    const named = { ...smallFiles(), "classes.txt": new TextEncoder().encode("owl\nant\nbee\n") };
    const found = JSON.parse(await evaluated("--model", modelFile(), "--data", folderOf(named), "--json"));
    // The test labels are 1 and 2: ant and bee there, which are classes 0 and 1 of the model.
    expect(found.classes.map(({ support }: { support: number }) => support)).toEqual([1, 1, 0]);
    const numbered = JSON.parse(await evaluated("--model", modelFile(), "--data", smallFolder(), "--json"));
    expect(numbered.classes.map(({ support }: { support: number }) => support)).toEqual([0, 1, 1]);
  });

  test("are standardized as the model's card says", async () => {
    const card = { standardization: { mean: [10, 0, 0], std: [2, 1, 1] }, scale: 1 };
    const model = echoModel(["p", "q", "r"], card);
    const path = join(folderOf({}), "raw.csv");
    // (16 − 10) / 2 = 3 is the largest of the first row; (10 − 10) / 2 = 0 is not in the second.
    writeFileSync(path, "16,2,0,p\n10,1,0,q\n");
    const found = JSON.parse(await evaluated("--model", model, "--data", path, "--json"));
    expect(found.accuracy).toBe(1);
    expect(found.loss).toBeCloseTo(
      (Math.log(Math.exp(3) + Math.exp(2) + 1) - 3 + (Math.log(1 + Math.E + 1) - 1)) / 2,
      6,
    );
  });

  test("a class that the model does not know is an error that names the row", async () => {
    const named = { ...smallFiles(), "classes.txt": new TextEncoder().encode("owl\nant\nelk\n") };
    const outcome = await runCli(["evaluate", "--model", modelFile(), "--data", folderOf(named)]);
    expect(outcome).toMatchObject({ code: 3, stdout: "" });
    expect(outcome.stderr).toContain(
      "row 1 (counted from 0): expected a class of the model: ant, bee, owl, found elk",
    );
  });

  test("without labels are refused with the cure", async () => {
    const path = join(folderOf({}), "rows.csv");
    writeFileSync(path, "1,2,3,4\n");
    const outcome = await runCli(["evaluate", "--model", modelFile(), "--data", path]);
    expect(outcome).toMatchObject({ code: 3, stdout: "" });
    expect(outcome.stderr).toMatch(/expected rows with labels, found no labels\. .*--label/);
  });

  test("without --model the command says what it needs", async () => {
    expect(await runCli(["evaluate"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--model <file>.*\nSee: gradloom evaluate --help/),
    });
  });
});
