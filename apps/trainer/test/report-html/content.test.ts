// What a report says in words: figures, findings and the honest notes beside them.
import { MultiLayerNet } from "@gradloom/core";
import { expect, test } from "vitest";
import { collectReport, type ReportInput } from "../../src/report/html/collect.ts";
import { reportHtml } from "../../src/report/html/report-html.ts";
import { attributesOf, elementsOf, pageText, textOf } from "./page-tree.ts";
import { history, invented, PICTURES, sampleRun, TABLE } from "./sample-runs.ts";

const page = (input: ReportInput): string => reportHtml(collectReport(input));

/** A net that is right on every row: class k where input k is the largest. */
function perfectRun(): ReportInput {
  const classes = 3;
  const labels = Int32Array.from({ length: 30 }, (_, i) => i % classes);
  const images = new Float64Array(30 * classes);
  labels.forEach((label, row) => {
    images[row * classes + label] = 5;
  });
  const set = { ...invented(30, classes, classes, "floats"), images, labels };
  const net = new MultiLayerNet({ inputSize: 3, hiddenSizes: [], outputSize: 3, weightInit: 1e-30 });
  for (let k = 0; k < classes; k++) net.params.W1.set(k, k, 1);
  return { ...sampleRun(TABLE), net, data: { name: "easy", train: set, test: set } };
}

test("the head has accuracy, time, speed, workers, backend and the whole SHA-256", () => {
  const input = sampleRun(PICTURES);
  const { figures } = collectReport(input);
  const text = pageText(page(input));
  expect(text).toContain(`${(100 * figures.testAccuracy).toFixed(2)} %`);
  for (const part of ["2.00 s", "123,456", "wasm kernels", "16-5-3", "0123456789abcdef".repeat(4)]) {
    expect(text).toContain(part);
  }
});

test("a net without mistakes is said to have made none", () => {
  const text = pageText(page(perfectRun()));
  expect(text).toContain("The net made no mistake on the test rows.");
  expect(text).toContain("No test row was taken for another class.");
  expect(text).toContain("all 30 rows right");
});

test("who judged the epochs is said: test rows choose nothing, validation rows are counted", () => {
  const byTest = sampleRun(TABLE);
  expect(pageText(page(byTest))).toContain("measured on the test rows, which chose nothing");
  const byValidation = {
    ...byTest,
    data: { ...byTest.data, validation: invented(45, 3, 3, "floats") },
    history: history(4, "validation"),
    run: { ...byTest.run, bestEpoch: 3, endedEarly: "patience" },
  };
  const text = pageText(page(byValidation));
  expect(text).toContain(
    "measured on 45 validation rows. The test rows were looked at only once, at the end.",
  );
  expect(text).toContain("The weights are those of epoch 3, the best by validation loss.");
  expect(text).toContain("best: epoch 3");
  expect(text).toContain("ended before the epochs asked for: patience");
  expect(text).not.toContain("test loss ends");
});

test("each drawing has words in its place that state what it shows", () => {
  const elements = elementsOf(page(sampleRun(PICTURES)));
  const byId = new Map(elements.map((element) => [attributesOf(element).id, textOf(element)]));
  const drawings = elements.filter(({ tagName }) => tagName === "svg").map(attributesOf);
  for (const drawing of drawings) {
    if (drawing["aria-hidden"] === "true") continue;
    expect(drawing.role).toBe("img");
    const words =
      drawing["aria-label"] ??
      drawing["aria-labelledby"]
        .split(" ")
        .map((id) => byId.get(id))
        .join(" ");
    expect(words).toMatch(/\d/);
  }
  expect(byId.get("loss-finding")).toBe(
    "Training loss falls from 1.0000 to 0.2500; test loss ends at its lowest, 0.3000.",
  );
  expect(byId.get("accuracy-finding")).toBe(
    "Test accuracy starts at 50.00 % and ends at 87.50 %, its highest.",
  );
  expect(byId.get("learning-rate-finding")).toBe("Constant at 0.1.");
  expect(byId.get("throughput-finding")).toBe(
    "Median 102,000 samples/s, from 100,000 to 103,000; 2.00 s in all epochs.",
  );
  const pictures = elements.filter(({ tagName }) => tagName === "img").map(attributesOf);
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.every(({ alt }) => alt !== undefined && alt !== "")).toBe(true);
});

test("2 to 26 classes have a matrix of all numbers, more have the pairs confused most", () => {
  const tables = (classes: number): string[] =>
    elementsOf(page(sampleRun({ classes, rows: 120 })))
      .filter(({ tagName }) => tagName === "caption")
      .map(textOf);
  expect(tables(26).join()).toContain("the class they were taken for (across)");
  expect(tables(27).join()).not.toContain("(across)");
  expect(tables(27).join()).toContain("pairs of classes confused most");
  const cells = elementsOf(page(sampleRun({ classes: 26, rows: 120 }))).filter(({ attrs }) =>
    attrs.some(({ name, value }) => name === "class" && /^(right|none|w\d)/.test(value)),
  );
  expect(cells.length).toBe(26 * 26);
  expect(cells.map(textOf).reduce((sum, text) => sum + Number(text), 0)).toBe(120);
});

test("the matrix has a class's rows across and who was taken for it down", () => {
  const input = sampleRun({ ...PICTURES, rows: 50 });
  const { confusion } = collectReport(input);
  const cells = elementsOf(page(input)).filter(({ attrs }) =>
    attrs.some(({ name, value }) => name === "class" && /^(right|none|w\d)/.test(value)),
  );
  const expected = new Array<number>(9).fill(0);
  for (const { label, predicted, rows } of confusion) expected[3 * label + predicted] = rows;
  expect(cells.map((cell) => Number(textOf(cell)))).toEqual(expected);
  expect(expected[1]).not.toBe(expected[3]); // else this test would not see them exchanged
});

test("a data set that is called by its path has a short title, and its whole name among the facts", () => {
  const titles = ["MNIST", "/data/wine.csv", "C:\\data\\sets\\", "/", ""].map((name) => {
    const { title, data } = collectReport(sampleRun({ name }));
    expect(data[0]).toEqual(["Name", name]);
    return title;
  });
  expect(titles).toEqual(["MNIST", "wine.csv", "sets", "/", ""]);
});

test("option values are shown as they are, and those that were not given are left out", () => {
  const input = { ...sampleRun(), config: { hidden: [256, 128], limit: undefined, init: "he", deep: null } };
  expect(collectReport(input).configuration).toEqual([
    ["hidden", "256, 128"],
    ["init", "he"],
    ["deep", "none"],
  ]);
});
