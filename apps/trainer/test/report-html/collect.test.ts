// What a report is made of, held against the net and the data themselves.
import { decode } from "fast-png";
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { samplesOf, spacedRows } from "../../src/report/html/collect/samples.ts";
import { collectReport } from "../../src/report/html/collect.ts";
import { PICTURES, sampleRun, TABLE } from "./sample-runs.ts";

test("accuracy and loss of the test rows are the net's own, whatever the size of the blocks", () => {
  const input = sampleRun({ rows: 2500, columns: 4 });
  const { net, data } = input;
  const { figures, confusion } = collectReport(input);
  const x = samplesOf(data.test, spacedRows(2500, 2500), net.dtype);
  const t = ndarray(data.test.labels);
  expect(figures.testAccuracy).toBe(net.accuracy(x, t));
  expect(figures.testLoss).toBeCloseTo(net.loss(x, t), 12);
  expect(confusion.reduce((sum, { rows }) => sum + rows, 0)).toBe(2500);
});

test("the worst mistakes are wrong, the most confident first, and as sure as the net says", () => {
  const { mistakes, figures } = collectReport(sampleRun(PICTURES));
  expect(mistakes.total).toBe(Math.round((1 - figures.testAccuracy) * 60));
  expect(mistakes.shown.length).toBe(Math.min(40, mistakes.total));
  for (const [i, one] of mistakes.shown.entries()) {
    expect(one.predicted).not.toBe(one.label);
    expect(one.confidence).toBeGreaterThanOrEqual(one.labelProbability);
    expect(one.confidence).toBeLessThanOrEqual(mistakes.shown[i - 1]?.confidence ?? 1);
  }
});

test("a mistake of image data is the picture of its row", () => {
  const input = sampleRun(PICTURES);
  const { images } = input.data.test;
  const { shown } = collectReport(input).mistakes;
  const rows = shown.map(({ row }) => images.subarray(16 * row, 16 * row + 16));
  const [least, most] = [
    Math.min(...rows.flatMap((row) => [...row])),
    Math.max(...rows.flatMap((row) => [...row])),
  ];
  for (const [i, { picture }] of shown.entries()) {
    const { data } = decode(picture?.png ?? new Uint8Array());
    expect([...data]).toEqual(
      [...rows[i]].map((value) => Math.round(((value - least) * 255) / (most - least))),
    );
  }
});

test("a mistake of a table has its values in the units of its columns", () => {
  const input = sampleRun(TABLE);
  const { images } = input.data.test;
  const { mistakes } = collectReport(input);
  expect(mistakes.columns).toEqual(["length (cm)", "width (cm)", "mass (g)"]);
  expect(mistakes.shown.length).toBeLessThanOrEqual(25);
  for (const { row, values, picture } of mistakes.shown) {
    expect(picture).toBeUndefined();
    expect(values).toEqual([0, 1, 2].map((j) => images[3 * row + j] * 2 ** (j + 1) + 10 * (j + 1)));
  }
});

test("each histogram counts every value once, between the smallest and the largest", () => {
  const input = sampleRun(PICTURES);
  const { shown, rows } = collectReport(input).distributions;
  expect(rows).toBe(60);
  expect(shown.map(({ parameter, shape }) => [parameter, shape])).toEqual([
    ["W1", [16, 5]],
    ["b1", [5]],
    ["W2", [5, 3]],
    ["b2", [3]],
  ]);
  for (const { weights, gradients } of shown) {
    expect(weights.counts.reduce((a, b) => a + b)).toBe(weights.values);
    expect(gradients.counts.reduce((a, b) => a + b)).toBe(weights.values);
  }
  const W1 = Array.from({ length: 80 }, (_, i) => input.net.params.W1.get(Math.floor(i / 5), i % 5));
  const mean = W1.reduce((a, b) => a + b) / 80;
  expect(shown[0].weights).toMatchObject({ from: Math.min(...W1), to: Math.max(...W1), zeros: 0 });
  expect(shown[0].weights.mean).toBeCloseTo(mean, 12);
  expect(shown[0].weights.deviation).toBeCloseTo(
    Math.sqrt(W1.reduce((sum, w) => sum + (w - mean) * (w - mean), 0) / 80),
    12,
  );
  // Biases begin at 0, and nothing has trained this net.
  expect(shown[1].weights).toMatchObject({ counts: [5], mean: 0, deviation: 0, zeros: 1 });
});

test("the gradients are those of the whole batch of rows", () => {
  const input = sampleRun(PICTURES);
  const x = samplesOf(input.data.train, spacedRows(60, 60), "float32");
  const db2 = input.net.gradient(x, ndarray(input.data.train.labels)).b2;
  const { gradients } = collectReport(input).distributions.shown[3];
  expect([gradients.from, gradients.to]).toEqual([
    Math.min(db2.get(0), db2.get(1), db2.get(2)),
    Math.max(db2.get(0), db2.get(1), db2.get(2)),
  ]);
});

test("rows to look at are spread over a data set that may be sorted by class", () => {
  expect([...spacedRows(10, 4)]).toEqual([0, 2, 5, 7]);
  expect([...spacedRows(3, 256)]).toEqual([0, 1, 2]);
});

test("a limit leaves the rows that were trained on", () => {
  const { figures, distributions } = collectReport({ ...sampleRun(), limit: 20 });
  expect([figures.trainRows, distributions.rows]).toEqual([20, 20]);
});

test("pictures of a size that the rows do not have are shown as a table", () => {
  const report = collectReport(sampleRun({ description: { imageShape: [5, 5] } }));
  expect(report.firstLayer).toBeUndefined();
  expect(report.mistakes.columns[0]).toBe("column 1");
});

test("after a resume the time is that of all epochs", () => {
  const input = sampleRun({ epochs: 10 });
  expect(collectReport(input).figures.seconds).toBe(5);
  expect(collectReport({ ...input, timings: [] }).figures.seconds).toBe(1.5);
});

test("nothing that was given is written to", () => {
  const input = sampleRun(TABLE);
  const before = [
    input.data.test.images.slice(),
    input.net.parameters.data.slice(),
    structuredClone(input.history),
  ];
  collectReport(input);
  expect([input.data.test.images, input.net.parameters.data, input.history]).toEqual(before);
});
