// `gradloom explain`: the book's numbers, the drawings, the topics, and a saved model with one sample.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/fake-cli.ts";
import { modelFile, smallFolder } from "./small-model.ts";

async function explained(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["explain", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

/** The numbers of a graph by node: [value, gradient]. */
async function nodesOf(topic: string): Promise<Record<string, [number, number]>> {
  const { nodes } = JSON.parse(await explained(topic, "--json"));
  return Object.fromEntries(
    nodes.map((node: { name: string; value: number; gradient: number }) => [
      node.name,
      [node.value, node.gradient],
    ]),
  );
}

const TOPICS = "apple orange dout order mul add relu sigmoid affine softmax-with-loss".split(" ");

describe("topics", () => {
  test("without a topic it lists them, in the order of the chapter", async () => {
    const text = await explained();
    expect([...text.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name]) => name)).toEqual(TOPICS);
  });

  test.each(TOPICS)("%s fits 80 columns, and says the same as data", async (topic) => {
    const text = await explained(topic);
    for (const line of text.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(typeof JSON.parse(await explained(topic, "--json"))).toBe("object");
  });

  test("an unknown one is refused with the list", async () => {
    const { code, stdout, stderr } = await runCli(["explain", "appel"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('there is no topic "appel". Choose one of:\n  apple');
  });

  test.each([
    ["softmax", "softmax-with-loss"],
    ["sigmiod", "sigmoid"],
    ["afine", "affine"],
  ])("%s is taken for a slip, and %s is named", async (typed, meant) => {
    const { code, stderr } = await runCli(["explain", typed]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`Did you mean ${meant}? The topics are:\n  apple`),
    ]);
  });
});

describe("graphs", () => {
  test("two apples cost 220 with tax; one apple more 110, dearer by one 2.2, tax 200", async () => {
    const text = await explained("apple");
    expect(text).toContain(
      [
        "  apple price  100 →",
        "  ────────────────────┐  200 →",
        "               ← 2.2 (×)─────────┐",
        "  apples         2 →  │  ← 1.1   │  220 →",
        "  ────────────────────┘         (×)────────▶ total",
        "               ← 110             │  ← 1",
        "  tax          1.1 →             │",
        "  ───────────────────────────────┘",
        "               ← 200",
      ].join("\n"),
    );
    const data = JSON.parse(await explained("apple", "--json"));
    expect(data.apples.nodes.at(-1)).toMatchObject({ value: 220.00000000000003, gradient: 1, operator: "×" });
  });

  test("apples and oranges cost 715 with tax, and every gradient is the book's", async () => {
    expect(await nodesOf("orange")).toEqual({
      "apple price": [100, 2.2],
      apples: [2, 110.00000000000001],
      "cost of apples": [200, 1.1],
      "orange price": [150, 3.3000000000000003],
      oranges: [3, 165],
      "cost of oranges": [450, 1.1],
      "cost of all": [650, 1.1],
      tax: [1.1, 650],
      total: [715.0000000000001, 1],
    });
    expect(await explained("orange")).toMatch(/oranges 3 → 4 +total 715 → 880 +\+165, backward said 165/);
  });

  test("a multiplication swaps its sides, an addition hands dout on", async () => {
    expect(await nodesOf("mul")).toEqual({ x: [10, 6.5], y: [5, 13], z: [50, 1.3] });
    expect(await nodesOf("add")).toEqual({ x: [10, 1.3], y: [5, 1.3], z: [15, 1.3] });
  });
});

describe("layers", () => {
  test("affine: the book's numbers with formula and shapes", async () => {
    const text = await explained("affine");
    expect(text).toContain("y = x·W + b   (2, 2) → (2, 3)");
    expect(text).toMatch(/dW {4}\(2, 3\) +-7 +-8 +-9\n +11\.5 +14 +16\.5/);
    const { dx, gradients } = JSON.parse(await explained("affine", "--json"));
    expect(dx.values).toEqual([
      [14, 32],
      [32, 77],
    ]);
    expect(gradients.db.values).toEqual([5, 7, 9]);
  });

  test("relu keeps its mask, sigmoid its result", async () => {
    expect(JSON.parse(await explained("relu", "--json")).kept.mask.values).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const { kept, output } = JSON.parse(await explained("sigmoid", "--json"));
    expect(kept.y).toEqual(output);
    expect(await explained("sigmoid")).toMatch(/0\.7311 {2}0\.3775\n +0\.1192 {2}0\.9526/);
  });

  test("softmax-with-loss: y − t shared by the samples, 0 in sum for each", async () => {
    const { y, t, dx } = JSON.parse(await explained("softmax-with-loss", "--json"));
    for (const [n, row] of dx.values.entries()) {
      expect(row.reduce((sum: number, value: number) => sum + value, 0)).toBeCloseTo(0, 15);
      for (const [k, value] of row.entries())
        expect(value).toBeCloseTo((y.values[n][k] - t.values[n][k]) / 2, 15);
    }
  });
});

test("order shows the real error of a backward that comes too early", async () => {
  expect(await explained("order")).toMatch(
    /MulLayer\.backward needs what forward keeps, and forward has not run/,
  );
});

describe("a saved model", () => {
  test("of images draws the sample", async () => {
    const model = modelFile({ card: { imageShape: [2, 2] } });
    const text = await explained("--model", model, "--data", smallFolder());
    // The bytes 1 2 over 3 4 on a scale from 1 to 4: the columns' means are a third and two thirds of the way.
    expect(text).toMatch(/labelled bee\n\n {2}-\*\n\nThe model says/);
  });

  test("is explained with one sample, layer by layer, there and back", async () => {
    const text = await explained("--model", modelFile(), "--data", smallFolder(), "--row", "1");
    const steps = [...text.matchAll(/^(forward →|backward ←) (\w+)/gm)].map(
      ([, way, name]) => `${way} ${name}`,
    );
    expect(steps).toEqual([
      ...["forward → Affine1", "forward → Relu1", "forward → Affine2", "forward → SoftmaxWithLoss"],
      ...["backward ← SoftmaxWithLoss", "backward ← Affine2", "backward ← Relu1", "backward ← Affine1"],
    ]);
    expect(text).toMatch(/row 1 of the test rows of .*, labelled owl/);
    expect(text).toMatch(/The model says: (ant|bee|owl) \d+\.\d\d %/);
  });

  test("as data holds what every layer took, kept and gave", async () => {
    const data = JSON.parse(await explained("--model", modelFile(), "--data", smallFolder(), "--json"));
    expect(data.layers.map(({ name }: { name: string }) => name)).toEqual(["Affine1", "Relu1", "Affine2"]);
    expect(data.layers[0].input.values).toEqual(
      [1, 2, 3, 4].map((pixel) => Math.fround(pixel * Math.fround(1 / 255))),
    );
    expect(data).toMatchObject({ label: "bee", loss: { dout: 1, t: { values: 1 } } });
  });

  test("shows class names that came from data without what moves a cursor", async () => {
    const model = modelFile({ classNames: ["ant", "b\u001b[2Jee", "owl"] });
    const text = await explained("--model", model, "--data", smallFolder());
    expect(text).toContain("labelled b?[2Jee");
    expect(text).not.toContain("\u001b");
  });

  test.each([
    [["--row", "2"], 2, "--row 2: expected a row from 0 to 1, which the test rows of"],
    [["--row", "-1"], 2, '--row "-1": expected a whole number of at least 0'],
    [["--row", "1.5"], 2, '--row "1.5"'],
  ])("%j is refused", async (args, code, message) => {
    const outcome = await runCli(["explain", "--model", modelFile(), "--data", smallFolder(), ...args]);
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(outcome.stderr).toContain(message);
  });

  test("a missing file, a file that is no model, and data of another width are data errors", async () => {
    const nothing = await runCli(["explain", "--model", "no-such.safetensors"]);
    expect(nothing).toMatchObject({ code: 3, stderr: expect.stringContaining("nothing at that path") });
    const folder = smallFolder();
    writeFileSync(join(folder, "text.safetensors"), "hello, this is no model");
    const text = await runCli(["explain", "--model", join(folder, "text.safetensors")]);
    expect(text).toMatchObject({ code: 3, stderr: expect.stringContaining("text.safetensors") });
    const mnist = await runCli(["explain", "--model", modelFile()]);
    expect(mnist).toMatchObject({ code: 2, stderr: expect.stringContaining("the model takes 4 values") });
    const wide = await runCli(["explain", "--model", modelFile({ inputs: 9 }), "--data", folder]);
    expect(wide).toMatchObject({ code: 3, stderr: expect.stringContaining("rows of 9 values") });
  });

  test("a topic and a model at once, or a row without a model, are refused", async () => {
    expect(await runCli(["explain", "relu", "--model", "m"])).toMatchObject({ code: 2, stdout: "" });
    expect(await runCli(["explain", "--row", "1"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("expected --model"),
    });
  });
});
