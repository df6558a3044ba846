// The arithmetic of the tables: medians, ratios of rounds, who is the fastest of a family.
import { expect, test } from "vitest";
import { median } from "../../bench/report/median.ts";
import { table } from "../../bench/report/table.ts";
import { fastest, ratioOf } from "../../bench/train/ratios.ts";

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[], Number.NaN],
])("the median of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test("a ratio is taken within each round, so that a slow stretch of the machine cancels out", () => {
  // Twice as fast in every round, though the machine lost nine tenths of its speed in the second.
  expect(ratioOf([200, 20, 220], [100, 10, 110])).toEqual({ median: 2, min: 2, max: 2 });
  // The ratio of the medians would be 1.
  expect(ratioOf([10, 20, 30], [40, 20, 10])).toEqual({ median: 1, min: 0.25, max: 3 });
});

test("rounds that only one of the two finished do not count", () => {
  expect(ratioOf([10, 20, 30], [10, 10])).toEqual({ median: 1.5, min: 1, max: 2 });
});

test("the fastest of a family is the one with the highest median, or the one with the threads asked for", () => {
  const members = [
    { family: "f", threads: 1, rates: [10, 10, 100] },
    { family: "f", threads: 2, rates: [20, 20, 20] },
    { family: "g", threads: 1, rates: [99, 99, 99] },
  ];
  const rates = ({ rates: all }: (typeof members)[number]): number[] => all;
  expect(fastest(members, rates, "f")?.threads).toBe(2);
  expect(fastest(members, rates, "f", 1)?.threads).toBe(1);
  expect(fastest(members, rates, "h")).toBeUndefined();
});

test("a table's columns line up: names to the left, numbers to the right", () => {
  expect(
    table(
      ["", "samples/s"],
      [
        ["a longer name", "1"],
        ["b", "12,345"],
      ],
    ),
  ).toBe(
    [
      "               samples/s",
      "-------------  ---------",
      "a longer name          1",
      "b                 12,345",
    ].join("\n"),
  );
});
