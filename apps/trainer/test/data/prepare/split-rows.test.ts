// A split takes its share of every class, each row once, and the same rows for the same seed.
import { describe, expect, test } from "vitest";
import { splitRows } from "../../../src/data/prepare/split-rows.ts";

const address = (seed: number, purpose = "test") => ({ seed, purpose });
/** 50 rows of class 0, 30 of 1, 20 of 2, as a file sorted by class has them. */
const SORTED = Int32Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : row < 80 ? 1 : 2));

function perClass(rows: Int32Array, labels: Int32Array): number[] {
  const counts = [0, 0, 0];
  for (const row of rows) counts[labels[row] ?? 0] = (counts[labels[row] ?? 0] ?? 0) + 1;
  return counts;
}

test("every row is in one of the two parts", () => {
  const { kept, taken } = splitRows(SORTED, 0.2, address(0));
  expect([...kept, ...taken].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test("of every class its share is taken", () => {
  for (let seed = 0; seed < 20; seed++) {
    expect(perClass(splitRows(SORTED, 0.2, address(seed)).taken, SORTED)).toEqual([10, 6, 4]);
    const [a = 0, b = 0, c = 0] = perClass(splitRows(SORTED, 0.33, address(seed)).taken, SORTED);
    expect([a + b + c, Math.abs(a - 16.5) < 1, Math.abs(b - 9.9) < 1, Math.abs(c - 6.6) < 1]).toEqual([
      33,
      true,
      true,
      true,
    ]);
  }
});

test("the same seed takes the same rows in the same order, another one or another purpose others", () => {
  const taken = (seed: number, purpose: string) =>
    Array.from(splitRows(SORTED, 0.2, address(seed, purpose)).taken);
  expect(taken(1, "test")).toEqual(taken(1, "test"));
  expect(taken(1, "test")).not.toEqual(taken(2, "test"));
  expect(taken(1, "test")).not.toEqual(taken(1, "validation"));
  // Once and for all: a changed split changes every result that was ever published.
  expect(taken(0, "test")).toMatchInlineSnapshot(`
    [
      39,
      50,
      9,
      97,
      12,
      93,
      17,
      33,
      65,
      87,
      51,
      0,
      20,
      4,
      79,
      59,
      24,
      78,
      22,
      99,
    ]
  `);
});

test("the kept rows are in a random order, so that the first of them are a fair sample", () => {
  const { kept } = splitRows(SORTED, 0.2, address(0));
  const [a = 0, b = 0, c = 0] = perClass(kept.subarray(0, 40), SORTED);
  expect(Math.min(a, b, c)).toBeGreaterThan(2);
});

describe("few rows", () => {
  test.each([
    [2, 0.01, 1],
    [2, 0.99, 1],
    [3, 0.5, 2],
    [10, 0.04, 1],
    [10, 0.25, 3],
    [1000, 0.1, 100],
  ])("of %i a share of %d is %i, never none and never all", (rows, share, count) => {
    const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
    expect(splitRows(labels, share, address(3)).taken).toHaveLength(count);
  });

  test("a class of one row is in one of the parts", () => {
    const labels = Uint8Array.from([0, 0, 0, 0, 1]);
    const { kept, taken } = splitRows(labels, 0.4, address(5));
    expect(kept.length + taken.length).toBe(5);
  });
});
