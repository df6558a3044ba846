// The README's table of edges: a row for each case that NumPy was asked about, and a remark exactly where we differ.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEVIATIONS, EDGES } from "./conformance/edges.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const section = readme.slice(readme.indexOf("### The edges"));
const rows = section
  .slice(0, section.indexOf("\n\n", section.indexOf("|---")))
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, row, numpy, here]) => ({ row, numpy, here }));

test("every row of the table is a tested case, and every tested case a row", () => {
  expect(rows.map(({ row }) => row).toSorted()).toEqual(EDGES.map(({ row }) => row).toSorted());
});

test("the table says what is ours exactly where it is not NumPy's", () => {
  const own = rows.filter(({ here }) => here !== "the same").map(({ row }) => row);
  expect(own.toSorted()).toEqual(Object.keys(DEVIATIONS).toSorted());
});

test("the deviations really are some: NumPy's figures differ from ours", () => {
  for (const { row, result } of EDGES) {
    if (Object.hasOwn(DEVIATIONS, row)) expect(result).not.toEqual(DEVIATIONS[row]);
  }
});
