// formatReport: the whole text for a right gradient, a wrong one, kinks, and a report of nothing.
import { expect, test } from "vitest";
import { formatReport, type GradientReport, gradientCheck, type ParameterReport } from "../src/index.ts";
import { f64 } from "./arrays.ts";

const right: ParameterReport = {
  count: 12,
  maxAbsoluteDifference: 4.56e-11,
  meanAbsoluteDifference: 1e-12,
  relativeError: 2.1e-10,
  worst: [0, 3],
  kinks: [],
};

test("a right gradient: a row for each parameter and one line that says so", () => {
  const report: GradientReport = {
    parameters: {
      W1: right,
      b1: { ...right, count: 4, relativeError: 0, worst: [2], maxAbsoluteDifference: 0 },
    },
    relativeError: 2.1e-10,
    kinks: 0,
  };
  expect(formatReport(report)).toBe(
    [
      "parameter  compared  largest difference  relative error  worst at  kinks",
      "W1               12             4.6e-11         2.1e-10    [0, 3]      0",
      "b1                4                   0               0       [2]      0",
      "Right: the largest relative error is 2.1e-10, the bound 1.0e-7.",
    ].join("\n"),
  );
});

test("a wrong gradient, or one that is NaN, is named, and the bound is the caller's", () => {
  const parameters = {
    W1: right,
    b1: { ...right, relativeError: NaN },
    W2: { ...right, relativeError: 0.5 },
  };
  const report: GradientReport = { parameters, relativeError: NaN, kinks: 0 };
  expect(formatReport(report)).toMatch(
    /\nWrong in b1, W2: the largest relative error is NaN, the bound 1\.0e-7\.$/,
  );
  expect(formatReport(report, 1e-11)).toMatch(/\nWrong in W1, b1, W2: /);
});

test("kinks are named, a few of many", () => {
  const kinks = Array.from({ length: 7 }, (_, i) => [i, 1]);
  const report: GradientReport = { parameters: { x: { ...right, kinks } }, relativeError: 2.1e-10, kinks: 7 };
  const [, row, line] = formatReport(report).split("\n");
  expect(row).toMatch(/ 7$/);
  expect(line).toBe(
    "left out of x, because ±h crosses a kink: [0, 1] [1, 1] [2, 1] [3, 1] [4, 1] and 2 more",
  );
});

test("where nothing was compared nothing is called right", () => {
  const nothing = { ...right, count: 0, relativeError: 0, worst: [], kinks: [[0]] };
  const text = formatReport({ parameters: { x: nothing }, relativeError: 0, kinks: 1 });
  expect(text.split("\n")[1]).toMatch(/^x +0 +- +- +- +1$/);
  expect(text).toMatch(/\nNothing was compared, so nothing is known\.$/);
});

test("the reports of a check with a right and with a wrong gradient read so", () => {
  const x = f64([1, 2]);
  const check = (gradient: number[]): string =>
    formatReport(
      gradientCheck({ loss: () => x.get(0) * x.get(1), params: { x }, grads: { x: f64(gradient) } }),
    );
  expect(check([2, 1])).toContain("Right:");
  expect(check([2, 1.5])).toMatch(/\[1\].*\n?.*Wrong in x: the largest relative error is 2\.5e-1/s);
});
