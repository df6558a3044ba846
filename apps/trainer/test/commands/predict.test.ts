// `gradloom predict`: CSV and JSON Lines that read back exactly, every kind of file, and what is refused.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateModel, loadModelFile, npyBytes, predictRows, readRows } from "../../src/index.ts";
import { shortestFloat32 } from "../../src/predict/shortest-float.ts";
import { folderOf, smallFiles, TEST_IMAGES } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";
import { echoModel, modelFile, smallFolder, smallNet } from "./small-model.ts";

async function predicted(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["predict", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folderOf({}), name);
  writeFileSync(path, content);
  return path;
}

const PGM = new TextEncoder().encode("P2\n2 2\n255\n1 2 3 4\n");

describe("output", () => {
  test("as CSV: a line of names, then for each row its class and every probability", async () => {
    const rows = fileOf("rows.csv", "3,1,0\n0,2,0\n");
    const lines = (await predicted("--model", echoModel(["ant", "bee", "owl"]), rows)).split("\n");
    expect(lines[0]).toBe("row,class,probability,p_ant,p_bee,p_owl");
    const [row, name, probability, ...all] = (lines[1] ?? "").split(",");
    expect([row, name]).toEqual([`${rows}:1`, "ant"]);
    const expected = [3, 1, 0].map((score) => Math.exp(score) / (Math.exp(3) + Math.E + 1));
    for (const [k, share] of expected.entries()) expect(Number(all[k])).toBeCloseTo(share, 6);
    expect(probability).toBe(all[0]);
    expect(lines[2]?.split(",")[1]).toBe("bee");
    expect(lines).toHaveLength(4);
  });

  test("as JSON Lines: the same in one object a row", async () => {
    const rows = fileOf("rows.csv", "3,1,0\n0,2,0\n");
    const model = echoModel(["ant", "bee", "__proto__"]);
    const lines = (await predicted("--model", model, "--json", rows)).trim().split("\n");
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ row: `${rows}:1`, class: "ant" });
    expect(Object.keys(first.probabilities)).toEqual(["ant", "bee", "__proto__"]);
    expect(second.probability).toBe(second.probabilities.bee);
  });

  test("--top k: only the likeliest, likeliest first, and no more than there are", async () => {
    const rows = fileOf("rows.csv", "1,0,2\n");
    const model = echoModel(["ant", "bee", "owl"]);
    const [header, line] = (await predicted("--model", model, "--top", "2", rows)).split("\n");
    expect(header).toBe("row,class,probability,class_2,probability_2");
    expect(line?.split(",").filter((_, i) => i % 2 === 1)).toEqual(["owl", "ant"]);
    const { top } = JSON.parse(await predicted("--model", model, "--json", "--top", "9", rows));
    expect(top.map((one: { class: string }) => one.class)).toEqual(["owl", "ant", "bee"]);
  });

  test("the probabilities of a float32 net read back as its very numbers", async () => {
    const csv = await predicted("--model", modelFile(), join(smallFolder(), TEST_IMAGES));
    const written = csv
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").slice(3));
    expect(written).toHaveLength(2);
    for (const text of written.flat()) {
      expect(String(Number(text))).toBe(text);
      expect(text.length).toBeLessThanOrEqual(14);
    }
    const sums = written.map((row) => row.reduce((sum, text) => sum + Math.fround(Number(text)), 0));
    for (const sum of sums) expect(sum).toBeCloseTo(1, 6);
  });

  test("every float32 has a text that reads back as itself, and no shorter one does", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = shortestFloat32(value);
        expect(Object.is(Math.fround(Number(text)), value) || value === 0).toBe(true);
        const digits = Number(text)
          .toExponential()
          .replace(/e.*|[-.]/g, "").length;
        if (digits > 1) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
      }),
      { seed: 5, numRuns: 2000 },
    );
    expect(shortestFloat32(Math.fround(0.1))).toBe("0.1");
  });

  test("class names and paths with commas, quotes and line breaks are quoted", async () => {
    const rows = fileOf("a,b.csv", "1,0\n");
    const text = await predicted("--model", echoModel(['say "hi"', "two\nlines"]), rows);
    expect(text).toContain('row,class,probability,"p_say ""hi""","p_two\nlines"\n');
    expect(text).toContain(`"${rows}:1","say ""hi""",`);
  });
});

test("from code: rows are predicted as they are asked for, and judged where they have labels", async () => {
  const model = await loadModelFile(echoModel(["ant", "bee"]));
  const rows = await readRows([fileOf("rows.csv", "2,0,ant\n0,1,ant\n")], model);
  const predictions = predictRows(model, rows);
  expect(predictions.next().value).toMatchObject({
    row: expect.stringMatching(/rows\.csv:1$/),
    predicted: 0,
  });
  expect(predictions.next().value).toMatchObject({ predicted: 1 });
  expect(predictions.next().done).toBe(true);
  expect(evaluateModel(model, { x: rows.x, labels: rows.labels ?? new Int32Array() }).accuracy).toBe(0.5);
});

describe("input", () => {
  test("a picture, an IDX file, an NPY array and a CSV row of the same bytes get the same answer", async () => {
    const card = { imageShape: [2, 2] as const };
    const model = modelFile({ card });
    const files = [
      fileOf("one.pgm", PGM),
      fileOf("one.npy", npyBytes({ shape: [1, 2, 2], data: Uint8Array.of(1, 2, 3, 4) })),
      fileOf("one.csv", "1,2,3,4\n"),
      fileOf("images", smallFiles()[TEST_IMAGES] ?? new Uint8Array()),
    ];
    const lines = (await predicted("--model", model, ...files)).trim().split("\n").slice(1);
    expect(lines.map((line) => line.split(",")[0]?.replace(/^.*\//, ""))).toEqual([
      ...["one.pgm", "one.npy:1", "one.csv:1", "images:1", "images:2"],
    ]);
    const answers = new Set(lines.slice(0, 4).map((line) => line.split(",").slice(1).join(",")));
    expect(answers.size).toBe(1);
  });

  test("more rows than are computed at once keep their order", async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => (i % 3 === 0 ? "1,0" : "0,1"));
    const text = await predicted(
      "--model",
      echoModel(["a", "b"]),
      fileOf("many.csv", `${rows.join("\n")}\n`),
    );
    const lines = text.trim().split("\n").slice(1);
    expect(lines.map((line) => line.split(",")[1])).toEqual(rows.map((row) => (row === "1,0" ? "a" : "b")));
    expect(lines.at(-1)).toMatch(/many\.csv:2500,/);
  });

  test("a net of float64 predicts in float64", async () => {
    const net = smallNet({ dtype: "float64" });
    expect(net.dtype).toBe("float64");
    const model = modelFile({ dtype: "float64" });
    const text = await predicted("--model", model, fileOf("one.csv", "1,2,3,4\n"));
    const numbers = text.trim().split("\n")[1]?.split(",").slice(3).map(Number) ?? [];
    expect(numbers.some((value) => Math.fround(value) !== value)).toBe(true);
  });
});

describe("refusals", () => {
  test.each([
    [[], /missing required argument 'file'/],
    [["--top", "0", "x.csv"], /--top "0": expected a whole number of at least 1/],
    [["-", "x.csv"], /standard input: expected no other file/],
  ])("%j: 2", async (args, message) => {
    const outcome = await runCli(["predict", "--model", modelFile(), ...args]);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr).toMatch(message);
  });

  test.each<[string, string, RegExp]>([
    ["no-such.csv", "", /nothing at that path/],
    ["wide.csv", "1,2,3,4,5,6\n", /wide\.csv.*4 columns/],
    ["text.csv", "1,2,x,4\n", /text\.csv/],
    ["what.bin", "hello", /what\.bin: expected rows in a \.csv/],
  ])("%s: 3, naming the file, and no output", async (name, content, message) => {
    const path = content === "" ? join(folderOf({}), name) : fileOf(name, content);
    const outcome = await runCli(["predict", "--model", modelFile(), path]);
    expect(outcome).toMatchObject({ code: 3, stdout: "" });
    expect(outcome.stderr).toMatch(message);
  });
});
