// A product that skips the zeros of a: the dense product's bits, on every backend, layout and size.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectGuards, LAYOUTS, laidOut, memories, poisonedOut } from "../conformance/layouts.ts";
import { DTYPES, dense, expectSameBits, seededNumbers, valuesOf } from "../conformance/values.ts";
import { BACKENDS, reference, sparseNumbers } from "./backends.ts";

/** Around the groups of sixteen that are compared at once, the vectors in a block, and the blocks of k. */
const SIZES = [
  [0, 3, 2],
  [3, 0, 2],
  [1, 784, 50],
  [2, 1, 3],
  [5, 15, 4],
  [17, 16, 5],
  [16, 17, 13],
  [33, 31, 27],
  [7, 257, 52],
  [9, 520, 53],
  [250, 5, 54],
  [15, 40, 56],
  [18, 33, 61],
  [17, 300, 270],
] as const;

describe.each(BACKENDS)("a sparse product on %s", (_, kernels) => {
  describe.each(DTYPES)("in %s", (dtype) => {
    test("has the bits of the dense one at every size around the blocks, replacing and accumulating", () => {
      for (const [m, k, n] of SIZES) {
        for (const [, newArray] of memories(() => kernels)) {
          for (const layout of ["row-major", "transposed"]) {
            const what = `${m}×${k}×${n} ${layout}`;
            const a = laidOut(layout, sparseNumbers(m * k, 30, m + k), m, k, dtype, newArray);
            const b = laidOut("row-major", seededNumbers(k * n, n), k, n, dtype, newArray);
            const out = poisonedOut("row-major", m, n, dtype, newArray);
            kernels.matmul(a, b, out, { sparse: true });
            expectSameBits(out, kernels.matmul(a, b), what);
            const start = seededNumbers(m * n, 5);
            const sum = laidOut("row-major", start, m, n, dtype, newArray);
            kernels.matmul(a, b, sum, { sparse: true, accumulate: true });
            expectSameBits(
              sum,
              kernels.matmul(a, b, dense(start, [m, n], dtype), { accumulate: true }),
              what,
            );
          }
        }
      }
    });

    test("has the bits of the dense one for any sizes, layouts and densities, and touches nothing else", () => {
      const size = fc.integer({ min: 0, max: 40 });
      const operand = fc.tuple(
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...memories(() => kernels).map(([, newArray]) => newArray)),
      );
      const percent = fc.constantFrom(0, 5, 20, 50, 100);
      const operands = fc.tuple(operand, operand, operand);
      const seed = fc.integer({ min: 1, max: 1e6 });
      fc.assert(
        fc.property(size, size, size, operands, percent, seed, (m, k, n, places, share, first) => {
          const [[la, ma], [lb, mb], [lc, mc]] = places;
          const a = laidOut(la, sparseNumbers(m * k, share, first), m, k, dtype, ma);
          const b = laidOut(lb, seededNumbers(k * n, first + 1), k, n, dtype, mb);
          const before = [a.data.slice(), b.data.slice()];
          const out = poisonedOut(lc, m, n, dtype, mc);
          kernels.matmul(a, b, out, { sparse: true });
          expectSameBits(out, kernels.matmul(a, b));
          expectGuards(out, lc);
          expect([a.data, b.data]).toEqual(before);
        }),
        { seed: 7, numRuns: 120 },
      );
    });

    test("gives every row and column the same bits, however the product is cut", () => {
      const [m, k, n] = [37, 300, 59];
      const b = dense(seededNumbers(k * n, 8), [k, n], dtype);
      for (const layout of ["row-major", "transposed"]) {
        const a = laidOut(layout, sparseNumbers(m * k, 20, 9), m, k, dtype);
        const whole = kernels.matmul(a, b, undefined, { sparse: true });
        for (const cut of [1, 3, 8, 16, 19, 32]) {
          const rows = kernels.zeros([m, n], dtype);
          kernels.matmul(a.hi(cut), b, rows.hi(cut), { sparse: true });
          kernels.matmul(a.lo(cut), b, rows.lo(cut), { sparse: true });
          expectSameBits(rows, whole, `rows cut at ${cut}`);
          const columns = kernels.zeros([m, n], dtype);
          kernels.matmul(a, b.hi(k, cut), columns.hi(m, cut), { sparse: true });
          kernels.matmul(a, b.lo(0, cut), columns.lo(0, cut), { sparse: true });
          expectSameBits(columns, whole, `columns cut at ${cut}`);
        }
      }
    });

    test("skips every zero: an infinity or a NaN of b does not reach a sum through one, but through others", () => {
      for (const special of [Number.NaN, Infinity, -Infinity]) {
        for (const layout of ["row-major", "transposed"]) {
          const [m, k, n] = [20, 33, 21];
          const a = laidOut(layout, sparseNumbers(m * k, 30, 3), m, k, dtype, newArrayOf(kernels));
          const numbers = seededNumbers(k * n, 4);
          for (let p = 0; p < k; p += 4) numbers[p * n + (p % n)] = special;
          const b = laidOut("row-major", numbers, k, n, dtype, newArrayOf(kernels));
          const result = valuesOf(kernels.matmul(a, b, undefined, { sparse: true }));
          const clean = numbers.map((value) => (Number.isFinite(value) ? value : 0));
          const finite = valuesOf(kernels.matmul(a, dense(clean, [k, n], dtype)));
          result.forEach((value, at) => {
            const met = numbers.some(
              (x, q) =>
                !Number.isFinite(x) && q % n === at % n && a.get(Math.floor(at / n), Math.floor(q / n)) !== 0,
            );
            if (met) expect(Number.isFinite(value)).toBe(false);
            else expect(value).toBe(finite[at]);
          });
        }
      }
    });

    test("counts NaN and infinities of a as what they are", () => {
      const a = dense([0, Number.NaN, Infinity, 0, 0, -Infinity, 0, 0, 0], [3, 3], dtype);
      const b = dense([1, 2, 0, 4, 5, 6, 7, 8, 9], [3, 3], dtype);
      expectSameBits(kernels.matmul(a, b, undefined, { sparse: true }), [
        ...[Number.NaN, Number.NaN, Number.NaN],
        ...[-Infinity, -Infinity, -Infinity],
        ...[0, 0, 0],
      ]);
    });

    test("leaves a −0 of out alone where it adds nothing, which the dense one makes 0", () => {
      for (const n of [1, 2, 5, 50]) {
        const start = new Array(2 * n).fill(-0);
        const a = dense([0, 0, -0, 0], [2, 2], dtype);
        const b = dense(new Array(2 * n).fill(3), [2, n], dtype);
        const options = { accumulate: true, sparse: true };
        expectSameBits(kernels.matmul(a, b, dense(start, [2, n], dtype), options), start);
        const added = kernels.matmul(a, b, dense(start, [2, n], dtype), { accumulate: true });
        expectSameBits(added, new Array(2 * n).fill(0));
      }
    });
  });
});

test.each(BACKENDS.slice(1, 3))(
  "strict kernels on %s have the reference's bits, specials included",
  (_, kernels) => {
    const specials = [0, -0, 0, Number.NaN, Infinity, 0, -Infinity, 1e-45, 0, 3e38, -3e38, 1, 5e-324];
    for (const dtype of DTYPES) {
      for (const [m, k, n] of [
        [20, 40, 13],
        [3, 7, 50],
      ]) {
        for (const layout of LAYOUTS) {
          const pick = (count: number, step: number) =>
            Array.from({ length: count }, (_v, i) => specials[(i * step) % specials.length]);
          const a = laidOut(layout, pick(m * k, 5), m, k, dtype, newArrayOf(kernels));
          const b = laidOut("row-major", pick(k * n, 3), k, n, dtype, newArrayOf(kernels));
          for (const extra of [{}, { accumulate: true }, { accumulate: true, alpha: -0.1 }, { relu: true }]) {
            const start = pick(m * n, 7);
            const options = { ...extra, sparse: true };
            const out = laidOut("row-major", start, m, n, dtype, newArrayOf(kernels));
            const expected = dense(start, [m, n], dtype);
            reference.matmul(a, b, expected, options);
            expectSameBits(
              kernels.matmul(a, b, out, options),
              expected,
              JSON.stringify([m, k, n, layout, extra]),
            );
          }
        }
      }
    }
  },
);

function newArrayOf(kernels: (typeof BACKENDS)[number][1]) {
  return memories(() => kernels)[1][1];
}
