// What matmul of two matrices must do on every backend: sizes, exact numbers, accumulation, cuts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import type { Tensor } from "../../src/tensor.ts";
import { golden } from "./golden.ts";
import { expectGuards, LAYOUTS, laidOut, memories, poisonedOut } from "./layouts.ts";
import { expectProduct, type Rounding } from "./rounding.ts";
import { DTYPES, dense, expectSameBits, flat, seededNumbers, valuesOf } from "./values.ts";

/** Around the widths of registers, tiles and unrolled loops; every such loop runs at least twice. */
const SIZES = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33];

export function matmulTests(make: () => Kernels, rounding: Rounding): void {
  describe.each(DTYPES)("matmul of matrices in %s", (dtype) => {
    test("agrees with NumPy, exactly where every partial sum is exact", () => {
      for (const { a, b, c, product, accumulated } of golden.matmul) {
        const [m, k, n] = [a.length, b.length, c[0].length];
        const left = dense(flat(a), [m, k], dtype);
        const right = dense(flat(b), [k, n], dtype);
        expectSameBits(make().matmul(left, right), flat(product));
        const out = dense(flat(c), [m, n], dtype);
        make().matmul(left, right, out, { accumulate: true });
        expectSameBits(out, flat(accumulated));
      }
    });

    test("is the sum over k in natural order, bit for bit, at every size around the tails", () => {
      const kernels = make();
      const long = seededNumbers(33 * 33, 1);
      for (const m of SIZES) {
        for (const k of SIZES) {
          for (const n of SIZES) {
            const [a, b] = [long.slice(0, m * k), long.slice(-k * n || long.length)];
            const product = kernels.matmul(dense(a, [m, k], dtype), dense(b, [k, n], dtype));
            expect(product.shape).toEqual([m, n]);
            expectProduct(rounding, product, a, b, [m, k, n], dtype, `${m}×${k} · ${k}×${n}`);
          }
        }
      }
    });

    test("stays in natural order across blocks of any axis, also when it accumulates", () => {
      for (const [m, k, n] of [
        [100, 784, 50],
        [5, 1100, 9],
        [200, 70, 530],
        [130, 33, 2],
      ] as const) {
        const [a, b, c] = [seededNumbers(m * k, 2), seededNumbers(k * n, 3), seededNumbers(m * n, 4)];
        const out = dense(c, [m, n], dtype);
        make().matmul(dense(a, [m, k], dtype), dense(b, [k, n], dtype), out, { accumulate: true });
        expectProduct(rounding, out, a, b, [m, k, n], dtype, `${m}×${k} · ${k}×${n}`, c);
      }
    });

    test("is exact for whole numbers", () => {
      const [m, k, n] = [37, 300, 29];
      const whole = (count: number, seed: number) => seededNumbers(count, seed).map((x) => Math.round(x * 9));
      const [a, b] = [whole(m * k, 5), whole(k * n, 6)];
      const expected: number[] = new Array(m * n).fill(0);
      for (let i = 0; i < m * n; i++) {
        for (let p = 0; p < k; p++) expected[i] += a[Math.floor(i / n) * k + p] * b[p * n + (i % n)];
      }
      expect(valuesOf(make().matmul(dense(a, [m, k], dtype), dense(b, [k, n], dtype)))).toEqual(expected);
    });

    test("gives every row and column the same bits, however the product is cut", () => {
      const [m, k, n] = [23, 61, 19];
      const [left, right] = [seededNumbers(m * k, 7), seededNumbers(k * n, 8)];
      const [a, b] = [dense(left, [m, k], dtype), dense(right, [k, n], dtype)];
      const whole = make().matmul(a, b);
      const expectWhole = (product: Tensor, what: string) => {
        if (rounding.steady) expectSameBits(product, whole, what);
        else expectProduct(rounding, product, left, right, [m, k, n], dtype, what);
      };
      for (const cut of [1, 2, 3, 4, 5, 8, 11, 16, 18]) {
        const rows = make().zeros([m, n], dtype);
        make().matmul(a.hi(cut), b, rows.hi(cut));
        make().matmul(a.lo(cut), b, rows.lo(cut));
        expectWhole(rows, `rows cut at ${cut}`);
        const columns = make().zeros([m, n], dtype);
        make().matmul(a, b.hi(k, cut), columns.hi(m, cut));
        make().matmul(a, b.lo(0, cut), columns.lo(0, cut));
        expectWhole(columns, `columns cut at ${cut}`);
      }
    });

    test("keeps a NaN or an infinity of one row in that row, and one of a column in that column", () => {
      const [m, k, n] = [9, 11, 10];
      const clean = seededNumbers(m * k, 9);
      const b = dense(seededNumbers(k * n, 10), [k, n], dtype);
      const expected = valuesOf(make().matmul(dense(clean, [m, k], dtype), b));
      for (let row = 0; row < m; row++) {
        const a = clean.with(row * k + row, row % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY);
        const product = valuesOf(make().matmul(dense(a, [m, k], dtype), b));
        product.forEach((value, i) => {
          if (Math.floor(i / n) === row) expect(Number.isFinite(value)).toBe(false);
          else expect(value).toBe(expected[i]);
        });
      }
    });

    test("of any sizes and layouts, in either memory, equals the schoolbook product", () => {
      const size = fc.integer({ min: 0, max: 40 });
      const layout = fc.constantFrom(...LAYOUTS);
      const memory = fc.constantFrom(...memories(make).map(([, newArray]) => newArray));
      const operand = fc.tuple(layout, memory);
      const seed = fc.integer({ min: 1, max: 1e6 });
      const operands = fc.tuple(operand, operand, operand);
      fc.assert(
        fc.property(size, size, size, operands, seed, (m, k, n, [[la, ma], [lb, mb], [lc, mc]], first) => {
          const [a, b] = [seededNumbers(m * k, first), seededNumbers(k * n, first + 1)];
          const out = poisonedOut(lc, m, n, dtype, mc);
          make().matmul(laidOut(la, a, m, k, dtype, ma), laidOut(lb, b, k, n, dtype, mb), out);
          expectProduct(rounding, out, a, b, [m, k, n], dtype);
          expectGuards(out, lc);
        }),
        { seed: 42, numRuns: 150 },
      );
    });
  });
}
