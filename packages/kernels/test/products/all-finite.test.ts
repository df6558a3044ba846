// allFinite finds every NaN and every infinity, wherever it stands, and nothing else.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { LAYOUTS, laidOut, memories } from "../conformance/layouts.ts";
import { DTYPES, dense, seededNumbers } from "../conformance/values.ts";
import { BACKENDS } from "./backends.ts";

const BAD = [Number.NaN, Infinity, -Infinity];
const EXTREMES = [0, -0, 1e-45, -1e-45, 5e-324, 3.4e38, -3.4e38];

describe.each(BACKENDS)("allFinite on %s", (_, kernels) => {
  describe.each(DTYPES)("in %s", (dtype) => {
    test("sees one bad element at any place of any length around the registers", () => {
      for (const [, newArray] of memories(() => kernels)) {
        for (const length of [1, 2, 3, 4, 7, 8, 15, 16, 17, 33, 50]) {
          const x = ndarray(newArray(length, dtype), [length]);
          seededNumbers(length, 3).forEach((value, i) => void x.set(i, EXTREMES[i % 9] ?? value));
          expect(kernels.allFinite(x)).toBe(true);
          for (let i = 0; i < length; i++) {
            const good = x.get(i);
            x.set(i, BAD[i % 3]);
            expect(kernels.allFinite(x)).toBe(false);
            x.set(i, good);
          }
        }
      }
    });

    test.each(LAYOUTS)("looks at all of %s and at nothing around it", (layout) => {
      for (const [, newArray] of memories(() => kernels)) {
        const x = laidOut(layout, seededNumbers(35, 4), 5, 7, dtype, newArray);
        expect(kernels.allFinite(x)).toBe(true);
        for (let at = 0; at < 35; at++) {
          const [i, j] = [Math.floor(at / 7), at % 7];
          const good = x.get(i, j);
          x.set(i, j, BAD[at % 3]);
          expect(kernels.allFinite(x)).toBe(false);
          x.set(i, j, good);
        }
      }
    });

    test("takes any rank; no element is no bad one", () => {
      const bad = dense([1, 2, Infinity, 4, 5, 6, 7, 8], [2, 2, 2], dtype);
      expect(kernels.allFinite(bad)).toBe(false);
      expect(kernels.allFinite(bad.hi(2, 1, 2))).toBe(true);
      expect(kernels.allFinite(ndarray(dense([5], [1], dtype).data, []))).toBe(true);
      expect(kernels.allFinite(ndarray(dense([Number.NaN], [1], dtype).data, []))).toBe(false);
      expect(kernels.allFinite(dense([], [0], dtype))).toBe(true);
      expect(kernels.allFinite(kernels.zeros([0, 5], dtype))).toBe(true);
    });
  });
});
