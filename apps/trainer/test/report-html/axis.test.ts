// Axes and labels: round ticks around every value, and nothing that overlaps.
import { expect, test } from "vitest";
import { axisFor, placeOn, wholeAxis } from "../../src/report/html/charts/axis.ts";
import { endLabels } from "../../src/report/html/charts/end-labels.ts";
import { compact, place, significant, tickText } from "../../src/report/html/charts/numbers.ts";

const ticks = (values: number[], options = {}): string[] => {
  const axis = axisFor(values, options);
  return axis.ticks.map((tick) => tickText(tick, axis));
};

test.each([
  [[0.7, 0.19], { from: 0 }, ["0", "0.2", "0.4", "0.6", "0.8"]],
  [[80, 94.7], { most: 100 }, ["80", "85", "90", "95"]],
  [[99.98, 99.99], { most: 100 }, ["99.980", "99.982", "99.984", "99.986", "99.988", "99.990"]],
  [[100], { most: 100 }, ["90", "92", "94", "96", "98", "100"]],
  [[140_000, 160_000], { from: 0 }, ["0", "50k", "100k", "150k", "200k"]],
  [[-0.31, 0.28], { ticks: 3 }, ["−0.4", "−0.2", "0", "0.2", "0.4"]],
  [[0], { from: 0 }, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
  [[1e-9, 2e-9], { from: 0 }, ["0", "5e−10", "1.0e−9", "1.5e−9", "2.0e−9"]],
  [[], {}, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
])("the axis of %j with %j has the ticks %j", (values, options, expected) => {
  expect(ticks(values, options)).toEqual(expected);
});

test("every value lies on its axis, whatever the range", () => {
  for (const scale of [1e-12, 1e-3, 1, 7, 1e5, 1e15]) {
    for (const values of [[0.123, 9.87], [-5, -4.999], [3], [-2, 0, 11]]) {
      const scaled = values.map((value) => value * scale);
      const axis = axisFor(scaled);
      for (const value of scaled) {
        expect(placeOn(axis, value, 0, 100)).toBeGreaterThanOrEqual(-1e-6);
        expect(placeOn(axis, value, 0, 100)).toBeLessThanOrEqual(100 + 1e-6);
      }
      expect(axis.ticks.length).toBeLessThanOrEqual(9);
      expect(new Set(axis.ticks.map((tick) => tickText(tick, axis))).size).toBe(axis.ticks.length);
    }
  }
});

test("epochs have whole ticks, also when there is one only", () => {
  expect(wholeAxis(1, 1)).toMatchObject({ from: 0.5, to: 1.5, ticks: [1] });
  expect(wholeAxis(1, 5).ticks).toEqual([1, 2, 3, 4, 5]);
  expect(wholeAxis(1, 100).ticks).toEqual([20, 40, 60, 80, 100]);
});

test("labels of curves that end together stand below one another, within the plot", () => {
  const label = (style: number, y: number) => ({ style, y, lines: ["name", "value"] });
  for (const ys of [
    [100, 100],
    [28, 29],
    [212, 211],
    [40, 200],
  ]) {
    const drawn = endLabels(
      ys.map((y, style) => label(style, y)),
      { x: 0, top: 28, bottom: 212 },
    ).text;
    const places = [...drawn.matchAll(/y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(places.length).toBe(4);
    for (let i = 1; i < 4; i++) expect(places[i] - places[i - 1]).toBeGreaterThanOrEqual(15);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(28);
    expect(Math.max(...places)).toBeLessThanOrEqual(212);
  }
});

test("numbers are short, and no place in a drawing is NaN", () => {
  expect([compact(999), compact(39_200), compact(-2_500_000)]).toEqual([
    "999",
    "39.2k",
    "−2.5M".replace("−", "-"),
  ]);
  expect([significant(5.0999999, 6), significant(-1e-10, 2), significant(0)]).toEqual(["5.1", "−1e−10", "0"]);
  expect(() => place(Number.NaN)).toThrow(RangeError);
});
