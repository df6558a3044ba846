// Addressed random numbers: same address same number, in any order; normals that are normal; seeds that can be.
import { expect, test } from "vitest";
import { random, ValueError } from "../src/index.ts";
import { fnv1a64 } from "../src/random/address.ts";
import { normalQuantile } from "../src/random/normal-quantile.ts";

test("a number depends on its address only, not on what was asked before", () => {
  const forwards = random({ seed: 7, stream: "a" });
  const backwards = random({ seed: 7, stream: "a" });
  const indices = [0, 1, 2, 3, 1000, 2 ** 33, 2 ** 33 + 1];
  const values = indices.map((i) => forwards.normal(i));
  expect(
    [...indices]
      .reverse()
      .map((i) => backwards.normal(i))
      .reverse(),
  ).toEqual(values);
  expect(new Set(values).size).toBe(indices.length);
});

test("another seed or another stream is another sequence, large seeds included", () => {
  const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
  const first = seeds.flatMap((seed) =>
    ["a", "b", "重み"].map((stream) => random({ seed, stream }).uniform(0)),
  );
  expect(new Set(first).size).toBe(15);
});

test.each([-1, 0.5, NaN, Infinity, 2 ** 53])("seed %s is refused with the range that is allowed", (seed) => {
  expect(() => random({ seed, stream: "a" })).toThrow(ValueError);
  expect(() => random({ seed, stream: "a" })).toThrow(/from 0 to 9007199254740991/);
});

test("a stream's name is hashed by 64-bit FNV-1a over UTF-8, as its authors' test vectors say", () => {
  expect(fnv1a64("").toString(16)).toBe("cbf29ce484222325");
  expect(fnv1a64("a").toString(16)).toBe("af63dc4c8601ec8c");
  expect(fnv1a64("foobar").toString(16)).toBe("85944171f73967e8");
  expect(fnv1a64("重み😀").toString(16)).toBe("a8825f45574c7e0c");
});

test("uniform numbers lie inside (0, 1), with mean 1/2 and variance 1/12", () => {
  const { uniform } = random({ seed: 1, stream: "test" });
  const values = Float64Array.from({ length: 100_000 }, (_, i) => uniform(i));
  const { mean, variance, minimum, maximum } = statistics(values);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.004); // 4 standard errors
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
  expect(minimum).toBeGreaterThan(0);
  expect(maximum).toBeLessThan(1);
});

test("normal numbers have mean 0 and standard deviation 1, and neighbours are not correlated", () => {
  const { normal } = random({ seed: 1, stream: "test" });
  const values = Float64Array.from({ length: 100_000 }, (_, i) => normal(i));
  const { mean, variance } = statistics(values);
  expect(Math.abs(mean)).toBeLessThan(0.0127); // 4 standard errors
  expect(Math.abs(variance - 1)).toBeLessThan(0.018);
  const products = values.slice(1).map((value, i) => value * (values[i] ?? 0));
  expect(Math.abs(statistics(products).mean)).toBeLessThan(0.0127);
});

test("the normal quantile agrees with Python's statistics.NormalDist().inv_cdf to a few ulp", () => {
  // python3 -c "from statistics import NormalDist as N; print([N().inv_cdf(p) for p in (…)])"
  const table: [p: number, z: number][] = [
    [0.5, 0.0],
    [0.6, 0.2533471031357998],
    [0.925, 1.439531470938456],
    [0.0750001, -1.4395307645017297],
    [0.95, 1.6448536269514715],
    [0.05, -1.6448536269514726],
    [0.001, -3.090232306167813],
    [0.999, 3.090232306167813],
    [1e-6, -4.753424308822899],
    [1e-11, -6.706023155495136],
    [1.4e-11, -6.656723091518184],
    [1e-12, -7.034483825301132],
    [1e-100, -21.27345356096532],
    [1.1102230246251565e-16, -8.209536151601386],
    [0.9999999999999999, 8.209536151601386],
    [0.3, -0.5244005127080407],
    [0.1234567, -1.157879045269841],
  ];
  for (const [p, z] of table) {
    expect(Math.abs(normalQuantile(p) - z), `quantile of ${p}`).toBeLessThanOrEqual(
      4 * Number.EPSILON * Math.abs(z),
    );
  }
});

function statistics(values: Float64Array): {
  mean: number;
  variance: number;
  minimum: number;
  maximum: number;
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
  const minimum = values.reduce((least, value) => Math.min(least, value), Infinity);
  const maximum = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return { mean, variance, minimum, maximum };
}
