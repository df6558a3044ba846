// permutation: every number once, fixed by its address, every order equally likely.
import { expect, test } from "vitest";
import { permutation, ShapeError, ValueError } from "../src/index.ts";
import { streamWords } from "../src/random/address.ts";
import { philox4x32 } from "../src/random/philox.ts";
import { WholeNumbers } from "../src/random/whole-numbers.ts";

test("it holds every number once and depends on seed, stream and n alone", () => {
  const order = permutation(1000, { seed: 3, stream: "shuffle/1" });
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(permutation(1000, { seed: 3, stream: "shuffle/1" })).toEqual(order);
  expect(permutation(1000, { seed: 3, stream: "shuffle/2" })).not.toEqual(order);
  expect(permutation(1000, { seed: 4, stream: "shuffle/1" })).not.toEqual(order);
});

test("the caller's array is filled and returned, whatever it held", () => {
  const out = new Int32Array(10).fill(7);
  expect(permutation(10, { seed: 0, stream: "a" }, out)).toBe(out);
  expect(out).toEqual(permutation(10, { seed: 0, stream: "a" }));
});

test("all 24 orders of four things come up equally often (χ² below its 99.9 % point for 23 degrees)", () => {
  const counts = new Map<string, number>();
  const runs = 24_000;
  for (let seed = 0; seed < runs; seed++) {
    const order = permutation(4, { seed, stream: "fair" }).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const expected = runs / 24;
  const chiSquared = [...counts.values()].reduce(
    (sum, n) => sum + ((n - expected) * (n - expected)) / expected,
    0,
  );
  expect(counts.size).toBe(24);
  expect(chiSquared).toBeLessThan(49.73);
});

test("nothing and one thing have one order; what is no count is refused", () => {
  expect([...permutation(0, { seed: 0, stream: "a" })]).toEqual([]);
  expect([...permutation(1, { seed: 0, stream: "a" })]).toEqual([0]);
  for (const n of [-1, 1.5, NaN, 2 ** 31])
    expect(() => permutation(n, { seed: 0, stream: "a" })).toThrow(ValueError);
  expect(() => permutation(3, { seed: 0, stream: "a" }, new Int32Array(2))).toThrow(ShapeError);
});

test("a recorded order comes out again, the one that a second program gets for this address", () => {
  // Fisher–Yates over the words that fixtures/initial-values.py computes for (seed 5, "shuffle/0").
  expect([...permutation(12, { seed: 5, stream: "shuffle/0" })]).toEqual([
    1, 10, 6, 3, 7, 2, 9, 11, 5, 4, 8, 0,
  ]);
});

test("a bound that does not divide 2³² favours no number: a third of them lies in the first third", () => {
  const numbers = new WholeNumbers({ seed: 0, stream: "fair" });
  let inFirstThird = 0;
  for (let i = 0; i < 30_000; i++) if (numbers.below(3 * 2 ** 30) < 2 ** 30) inFirstThird += 1;
  expect(Math.abs(inFirstThird - 10_000)).toBeLessThan(330); // 4 standard errors; without rejection 15,000
});

test("each number is the next word that the bound divides fairly, for bounds up to 2³² itself", () => {
  const address = { seed: 11, stream: "bounds" };
  for (const bound of [
    1,
    2,
    3,
    60_000,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 31 + 1,
    3 * 2 ** 30,
    2 ** 32 - 1,
    2 ** 32,
  ]) {
    const { key0, key1, counter2, counter3 } = streamWords(address);
    const words = Array.from({ length: 400 }, (_, block) => {
      const out = new Uint32Array(4);
      philox4x32(block, 0, counter2, counter3, key0, key1, out);
      return [...out];
    }).flat();
    const fair = words.filter((word) => BigInt(word) < 2n ** 32n - (2n ** 32n % BigInt(bound)));
    const numbers = new WholeNumbers(address);
    for (const word of fair.slice(0, 600))
      expect(numbers.below(bound)).toBe(Number(BigInt(word) % BigInt(bound)));
  }
});
