// Our exp and log against a higher truth: the bounds that the documentation states.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exp, expf } from "../src/reference/exp.ts";
import { log } from "../src/reference/log.ts";

type Row = readonly [x: number, high: number, low: number];
const fixture: { exp: Row[]; log: Row[] } = JSON.parse(
  readFileSync(new URL("./fixtures/exp-log.json", import.meta.url), "utf8"),
);

/** Distance between neighbours at `value`, for a significand of `bits` and a smallest normal exponent. */
function ulp(value: number, bits: number, smallest: number): number {
  const exponent = value === 0 ? smallest : Math.floor(Math.log2(Math.abs(value)));
  return 2 ** (Math.max(exponent, smallest) - bits);
}

function worst(rows: readonly Row[], f: (x: number) => number): number {
  let most = 0;
  for (const [x, high, low] of rows)
    most = Math.max(most, Math.abs(f(x) - high - low) / ulp(high, 52, -1022));
  return most;
}

test("exp is within one ulp of NumPy's longdouble, from the first subnormal to the last finite result", () => {
  const subnormal = fixture.exp.filter(([, high]) => high < 2.3e-308);
  const normal = fixture.exp.filter(([, high]) => high >= 2.3e-308);
  expect(subnormal.length).toBeGreaterThan(20);
  expect(worst(normal, exp)).toBeLessThanOrEqual(1);
  // The truth's own low part is below the smallest float64 here, so half a unit of it is missing.
  expect(worst(subnormal, exp)).toBeLessThanOrEqual(1);
});

test("log is within one ulp of NumPy's longdouble", () => {
  expect(worst(fixture.log, log)).toBeLessThan(1);
});

test("expf is within 1.2 ulp of float64 over a dense sweep of its whole range", () => {
  let most = 0;
  const steps = 400_000;
  for (let i = 0; i <= steps; i++) {
    const x = Math.fround(-103.9 + (i / steps) * (88.7228 + 103.9));
    const truth = Math.exp(x);
    most = Math.max(most, Math.abs(expf(x) - truth) / ulp(truth, 23, -126));
  }
  for (let i = 0; i < 2000; i++) {
    const x = Math.fround((i % 2 === 0 ? 1 : -1) * 10 ** (-44 + i / 45));
    const truth = Math.exp(x);
    most = Math.max(most, Math.abs(expf(x) - truth) / ulp(truth, 23, -126));
  }
  expect(most).toBeLessThan(1.2);
});

test("the ends and the specials are those of IEEE: overflow, underflow, zero, infinities, NaN", () => {
  for (const f of [exp, expf]) {
    expect(f(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(f(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(f(Number.NaN)).toBeNaN();
    expect([f(0), f(-0)]).toEqual([1, 1]);
    expect([f(1e30), f(-1e30)]).toEqual([Number.POSITIVE_INFINITY, 0]);
  }
  expect([exp(709.782712893384), exp(709.7827128933841)]).toEqual([1.7976931348622732e308, Infinity]);
  expect([exp(-745.1332191019411), exp(-745.1332191019412)]).toEqual([5e-324, 0]);
  expect([Number.isFinite(expf(88.72283172607422)), expf(88.72283935546875)]).toEqual([true, Infinity]);
  expect([expf(-103.97207641601562), expf(-103.97208404541016)]).toEqual([1.401298464324817e-45, 0]);
  expect([log(0), log(-0), log(Infinity)]).toEqual([-Infinity, -Infinity, Infinity]);
  expect([log(-1), log(-Infinity), log(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([log(1), Object.is(log(1), 0)]).toEqual([0, true]);
});
