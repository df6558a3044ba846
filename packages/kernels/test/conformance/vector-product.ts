// What matmul must do when an operand is a vector: NumPy's shapes, by gemv, on every backend alike.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import { golden } from "./golden.ts";
import { LAYOUTS, laidOut, laidOutVector } from "./layouts.ts";
import {
  DTYPES,
  dense,
  expectClose,
  expectSameBits,
  flat,
  newFloats,
  seededNumbers,
  UNIT,
  valuesOf,
} from "./values.ts";

export function vectorProductTests(make: () => Kernels): void {
  describe.each(DTYPES)("matmul with vectors in %s", (dtype) => {
    const vector = (values: readonly number[]) => dense(values, [values.length], dtype);

    test("agrees with NumPy: matrix·vector, vector·matrix and vector·vector, which is a 0-d array", () => {
      for (const { a, x, y, w, ax, wa, xy } of golden.vectors) {
        const matrix = dense(flat(a), [a.length, x.length], dtype);
        const products = [
          [make().matmul(matrix, vector(x)), ax, [a.length]],
          [make().matmul(vector(w), matrix), wa, [x.length]],
          [make().matmul(vector(x), vector(y)), [xy], []],
        ] as const;
        for (const [product, expected, shape] of products) {
          expect(product.shape).toEqual(shape);
          expectSameBits(product, expected);
        }
      }
    });

    test("does not depend on layout or step", () => {
      const [m, k] = [6, 9];
      const [a, x, w] = [seededNumbers(m * k, 1), seededNumbers(k, 2), seededNumbers(m, 3)];
      const ax = valuesOf(make().matmul(dense(a, [m, k], dtype), vector(x)));
      const wa = valuesOf(make().matmul(vector(w), dense(a, [m, k], dtype)));
      const ww = valuesOf(make().matmul(vector(w), vector(w)));
      for (const layout of LAYOUTS) {
        const matrix = laidOut(layout, a, m, k, dtype);
        for (const step of [1, 2, -1, -3]) {
          expectSameBits(make().matmul(matrix, laidOutVector(x, step, dtype)), ax, `${layout}, step ${step}`);
          expectSameBits(make().matmul(laidOutVector(w, step, dtype), matrix), wa, `${layout}, step ${step}`);
          expectSameBits(make().matmul(laidOutVector(w, step, dtype), vector(w)), ww, `step ${step}`);
        }
      }
    });

    test("does not read out unless it accumulates: a NaN left in it is gone", () => {
      const [a, x, w] = [seededNumbers(12, 4), seededNumbers(4, 5), seededNumbers(3, 6)];
      const matrix = dense(a, [3, 4], dtype);
      const poison = (length: number) => laidOutVector(new Array(length).fill(Number.NaN), -2, dtype);
      expectSameBits(make().matmul(matrix, vector(x), poison(3)), make().matmul(matrix, vector(x)));
      expectSameBits(make().matmul(vector(w), matrix, poison(4)), make().matmul(vector(w), matrix));
      const single = ndarray(newFloats(3, dtype).fill(Number.NaN), [], [], 1);
      expect(make().matmul(vector(x), vector(x), single)).toBe(single);
      expectSameBits(single, make().matmul(vector(x), vector(x)));
      expect(valuesOf(ndarray(single.data, [3]))).toEqual([Number.NaN, single.get(), Number.NaN]);
    });

    test("accumulates into out", () => {
      const matrix = dense([1, 2, 3, 4, 5, 6], [2, 3], dtype);
      const out = vector([10, 20]);
      make().matmul(matrix, vector([1, 1, 1]), out, { accumulate: true });
      expect(valuesOf(out)).toEqual([16, 35]);
      const dot = ndarray(newFloats(1, dtype).fill(100), []);
      make().matmul(vector([1, 2]), vector([3, 4]), dot, { accumulate: true });
      expect(dot.get()).toBe(111);
    });

    test("sums over nothing to 0", () => {
      expect(valuesOf(make().matmul(dense([], [3, 0], dtype), vector([])))).toEqual([0, 0, 0]);
      expect(valuesOf(make().matmul(vector([]), vector([])))).toEqual([0]);
      expect(valuesOf(make().matmul(vector([1, 2]), dense([], [2, 0], dtype)))).toEqual([]);
    });

    test("differs from the same row inside a batch by rounding only", () => {
      const k = 200;
      const [x, w] = [seededNumbers(k, 7), seededNumbers(k * 3, 8)];
      const one = make().matmul(vector(x), dense(w, [k, 3], dtype));
      const batch = make().matmul(dense(x, [1, k], dtype), dense(w, [k, 3], dtype));
      // Each of k sums and k products rounds once, and no partial sum exceeds k in magnitude.
      expectClose(one, valuesOf(batch), 2 * k * k * UNIT[dtype]);
    });
  });
}
