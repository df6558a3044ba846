// What softmax and log softmax must do on every backend: rows, not matrices; any rank; the edges as NumPy has them.

import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import type { Dtype, Nested, Tensor } from "../../src/tensor.ts";
import { golden } from "./golden.ts";
import { expectGuards, LAYOUTS, laidOut, memories, poisonedOut } from "./layouts.ts";
import type { Rounding } from "./rounding.ts";
import { DTYPES, dense, expectClose, expectSameBits, flat, seededNumbers, UNIT, valuesOf } from "./values.ts";

const OPERATIONS = ["softmax", "logSoftmax"] as const;
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 33, 100];

function shapeOf(nested: Nested): number[] {
  return typeof nested === "number" ? [] : [nested.length, ...shapeOf(nested[0])];
}

export function softmaxTests(make: () => Kernels, rounding: Rounding): void {
  const oracle = rounding.truth;

  describe.each(DTYPES)("softmax in %s", (dtype: Dtype) => {
    // exp within 2 ulp, a sum of at most ten, a quotient or a logarithm: a few roundings of numbers up to 10.
    const tolerance = 64 * UNIT[dtype];
    const rows = (values: readonly number[], n: number) => dense(values, [values.length / n, n], dtype);

    test("agrees with NumPy along the last axis at rank 1, 2 and 3", () => {
      for (const { x, ...expected } of golden.softmax) {
        const input = dense(flat(x), shapeOf(x), dtype);
        for (const op of OPERATIONS) {
          const result = make()[op](input);
          expect(result.shape).toEqual(shapeOf(x));
          expectClose(result, flat(expected[op]), tolerance, op);
        }
      }
    });

    test("treats infinities, NaN and numbers far apart as NumPy does, each row on its own", () => {
      const { x, ...expected } = golden.special;
      for (const op of OPERATIONS)
        expectClose(make()[op](rows(flat(x), 3)), flat(expected[op]), tolerance, op);
      expectSameBits(make().softmax(dense([1000, 0, 0], [3], dtype)), [1, 0, 0]);
    });

    test("makes every row sum to 1: a softmax over the whole matrix would not", () => {
      const y = make().softmax(rows(flat(golden.worked.x), 10));
      expectClose(y, flat(golden.worked.softmax), tolerance);
      const sums = [0, 1, 2].map((i) => valuesOf(y.pick(i, null)).reduce((sum, value) => sum + value, 0));
      for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(tolerance);
      // Over the whole matrix the rows would sum to 0.877, 0.00096 and 0.122.
      expect(sums[1]).toBeGreaterThan(0.9);
    });

    test("has the bits of the truth at every length around the tails", () => {
      for (const n of SIZES) {
        const x = rows(
          seededNumbers(5 * n, n).map((value) => value * 20),
          n,
        );
        for (const op of OPERATIONS) expectSameBits(make()[op](x), oracle[op](x), `${op} of ${n}`);
      }
    });

    test("has the bits of the truth for rows that no one chose", () => {
      const number = fc.oneof(
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.constantFrom(0, -0, 1e30, -1e30, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      );
      const kernels = make();
      fc.assert(
        fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (values) => {
          const x = dense(values, [values.length], dtype);
          for (const op of OPERATIONS) expectSameBits(kernels[op](x), oracle[op](x), op);
        }),
        { seed: 7, numRuns: 200 },
      );
    });

    describe.each(memories(make))("in %s", (_memory, newArray) => {
      test.each(LAYOUTS)("reads and writes %s, and nothing around it", (layout) => {
        const [m, n] = [4, 9];
        const values = seededNumbers(m * n, 3);
        for (const op of OPERATIONS) {
          const expected = make()[op](rows(values, n));
          for (const layoutOut of LAYOUTS) {
            const x = laidOut(layout, values, m, n, dtype, newArray);
            const before = x.data.slice();
            const out = poisonedOut(layoutOut, m, n, dtype, newArray);
            expect(make()[op](x, out)).toBe(out);
            expectSameBits(out, expected, `${op} to ${layoutOut}`);
            expectGuards(out, op);
            expect(x.data).toEqual(before);
          }
        }
      });
    });

    test("works along the last axis of a permuted view of rank 3", () => {
      const x = ndarray(dense(seededNumbers(60, 5), [60], dtype).data, [3, 4, 5]).transpose(2, 0, 1);
      const copy = dense(valuesOf(x), [5, 3, 4], dtype);
      for (const op of OPERATIONS) expectSameBits(make()[op](x), make()[op](copy), op);
    });

    test("of no rows, or of rows of nothing, is empty", () => {
      for (const shape of [[0, 3], [3, 0], [0]]) {
        for (const op of OPERATIONS) expect(make()[op](dense([], shape, dtype)).shape).toEqual(shape);
      }
    });

    test("of a row shifted by a power of two keeps its bits", () => {
      const x: Tensor = dense([0.5, 1.25, -3, 2], [4], dtype);
      expectSameBits(make().softmax(dense([64.5, 65.25, 61, 66], [4], dtype)), make().softmax(x));
    });
  });
}
