// What matmul does to its result: bias, relu and alpha have the bits of addBias, relu and axpy called one by one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MatmulOptions } from "../../src/kernels.ts";
import {
  expectGuards,
  LAYOUTS,
  laidOut,
  laidOutVector,
  memories,
  poisonedOut,
} from "../conformance/layouts.ts";
import { DTYPES, dense, expectSameBits, seededNumbers, valuesOf } from "../conformance/values.ts";
import { BACKENDS, sparseNumbers } from "./backends.ts";

describe.each(BACKENDS)("matmul on %s", (_, kernels) => {
  describe.each(DTYPES)("in %s", (dtype) => {
    test("with bias and relu equals matmul, addBias and relu, for any sizes, layouts and options", () => {
      const size = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(50, 70));
      const places = fc.tuple(
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...memories(() => kernels).map(([, newArray]) => newArray)),
      );
      const flags = fc.record({ accumulate: fc.boolean(), relu: fc.boolean(), sparse: fc.boolean() });
      const step = fc.constantFrom(0, 1, 1, 2, -1);
      const seed = fc.integer({ min: 1, max: 1e6 });
      fc.assert(
        fc.property(
          size,
          size,
          size,
          places,
          flags,
          step,
          seed,
          (m, k, n, [la, lb, lc, place], f, s, first) => {
            const a = laidOut(la, sparseNumbers(m * k, 40, first), m, k, dtype, place);
            const b = laidOut(lb, seededNumbers(k * n, first + 1), k, n, dtype, place);
            const start = seededNumbers(m * n, first + 2);
            const biases = seededNumbers(n, first + 3);
            const out = poisonedOut(lc, m, n, dtype, place);
            for (let i = 0; i < m * n; i++) out.set(Math.floor(i / n), i % n, start[i]);
            const options: MatmulOptions = { ...f, ...(s !== 0 && { bias: vector(biases, s) }) };
            const expected = dense(start, [m, n], dtype);
            kernels.matmul(a, b, expected, { accumulate: f.accumulate, sparse: f.sparse });
            if (s !== 0) kernels.addBias(expected, dense(biases, [n], dtype), expected);
            if (f.relu) kernels.relu(expected, expected);
            kernels.matmul(a, b, out, options);
            expectSameBits(out, expected, JSON.stringify([m, k, n, la, lb, lc, f, s]));
            expectGuards(out, lc);
          },
        ),
        { seed: 11, numRuns: 150 },
      );
    });

    /** A bias in the kernels' own memory where it has no steps, else with poison around it. */
    function vector(values: readonly number[], step: number) {
      if (step !== 1) return laidOutVector(values, step, dtype);
      const t = kernels.zeros([values.length], dtype);
      values.forEach((value, i) => void t.set(i, value));
      return t;
    }

    test("with alpha equals a product of its own and axpy, for any sizes and layouts, dense and sparse", () => {
      const size = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(1, 1, 50, 100));
      const places = fc.tuple(
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...memories(() => kernels).map(([, newArray]) => newArray)),
      );
      const seed = fc.integer({ min: 1, max: 1e6 });
      fc.assert(
        fc.property(
          size,
          size,
          size,
          places,
          fc.boolean(),
          seed,
          (m, k, n, [la, lb, lc, place], sparse, first) => {
            const a = laidOut(la, sparseNumbers(m * k, 30, first), m, k, dtype, place);
            const b = laidOut(lb, seededNumbers(k * n, first + 1), k, n, dtype, place);
            const start = seededNumbers(m * n, first + 2);
            const out = poisonedOut(lc, m, n, dtype, place);
            for (let i = 0; i < m * n; i++) out.set(Math.floor(i / n), i % n, start[i]);
            const expected = kernels.axpy(-0.1, kernels.matmul(a, b), dense(start, [m, n], dtype));
            kernels.matmul(a, b, out, { accumulate: true, alpha: -0.1, sparse });
            expectSameBits(out, expected, JSON.stringify([m, k, n, la, lb, lc, sparse]));
            expectGuards(out, lc);
          },
        ),
        { seed: 13, numRuns: 120 },
      );
    });

    test("with alpha adds a large product in pieces, and bias and relu come after it", () => {
      const [m, k, n] = [300, 5, 130];
      const [a, b] = [seededNumbers(m * k, 1), seededNumbers(k * n, 2)];
      const c = seededNumbers(m * n, 3);
      const biases = dense(seededNumbers(n, 4), [n], dtype);
      const [left, right] = [dense(a, [m, k], dtype), dense(b, [k, n], dtype)];
      const expected = kernels.axpy(3, kernels.matmul(left, right), dense(c, [m, n], dtype));
      kernels.relu(kernels.addBias(expected, biases, expected), expected);
      const place = memories(() => kernels)[1][1];
      const out = laidOut("row-major", c, m, n, dtype, place);
      const options = { accumulate: true, alpha: 3, bias: biases, relu: true };
      kernels.matmul(
        laidOut("row-major", a, m, k, dtype, place),
        laidOut("row-major", b, k, n, dtype, place),
        out,
        options,
      );
      expectSameBits(out, expected);
    });

    test("one sparse outer product with alpha touches only the rows with a nonzero, and no zero sum", () => {
      const place = memories(() => kernels)[1][1];
      for (const [m, n] of [
        [784, 50],
        [19, 3],
        [33, 17],
      ]) {
        const x = laidOut("row-major", sparseNumbers(m, 20, 5), 1, m, dtype, place).transpose(1, 0);
        const dout = laidOut("row-major", sparseNumbers(n, 60, 6), 1, n, dtype, place);
        const start = seededNumbers(m * n, 7).map((value, i) => (i % 5 === 0 ? -0 : value));
        const W = laidOut("row-major", start, m, n, dtype, place);
        kernels.matmul(x, dout, W, { accumulate: true, alpha: 0.5, sparse: true });
        const product = valuesOf(kernels.matmul(x, dout));
        const moved = valuesOf(kernels.axpy(0.5, kernels.matmul(x, dout), dense(start, [m, n], dtype)));
        expectSameBits(
          W,
          product.map((sum, i) => (sum === 0 ? start[i] : moved[i])),
          `${m}×${n}`,
        );
      }
    });

    test("an outer product with alpha has the bits of product and axpy for every tail of the columns", () => {
      const place = memories(() => kernels)[1][1];
      const widths = [...Array.from({ length: 34 }, (_, i) => i + 1), 49, 50, 51, 52, 53, 57, 105];
      // 500 rows are more than one list of nonzeros holds.
      for (const [m, n] of [...widths.map((width): [number, number] => [9, width]), [500, 50]]) {
        for (const [alpha, sparse] of [-0.1, 0.3].flatMap((rate) => [
          [rate, false] as const,
          [rate, true] as const,
        ])) {
          const x = laidOut("row-major", sparseNumbers(m, 40, n), 1, m, dtype, place).transpose(1, 0);
          const dout = laidOut("row-major", seededNumbers(n, n + 1), 1, n, dtype, place);
          const start = seededNumbers(m * n, n + 2);
          const W = poisonedOut("block of a wider matrix", m, n, dtype, place);
          for (let i = 0; i < m * n; i++) W.set(Math.floor(i / n), i % n, start[i]);
          const expected = kernels.axpy(alpha, kernels.matmul(x, dout), dense(start, [m, n], dtype));
          kernels.matmul(x, dout, W, { accumulate: true, alpha, sparse });
          expectSameBits(W, expected, JSON.stringify([m, n, alpha, sparse]));
          expectGuards(W, "block of a wider matrix");
        }
      }
    });

    test("relu makes −0 and what is below 0 to 0, and keeps NaN", () => {
      const a = dense([1, Number.NaN], [2, 1], dtype);
      const b = dense([-0, -3, 2, 0, Number.NEGATIVE_INFINITY], [1, 5], dtype);
      const out = kernels.matmul(a, b, undefined, { relu: true });
      expectSameBits(out.pick(0, null), [0, 0, 2, 0, 0]);
      expect(valuesOf(out.pick(1, null)).every(Number.isNaN)).toBe(true);
    });

    test("of a vector and a matrix takes bias and relu too", () => {
      const x = dense([1, -2, 3], [3], dtype);
      const W = dense([1, 2, 3, 4, 5, 6], [3, 2], dtype);
      const bias = dense([-20, 1], [2], dtype);
      expectSameBits(kernels.matmul(x, W, undefined, { bias, relu: true }), [0, 13]);
      expectSameBits(kernels.matmul(W.transpose(1, 0), x, undefined, { relu: true }), [10, 12]);
      const out = dense([1, 1], [2], dtype);
      expectSameBits(kernels.matmul(x, W, out, { accumulate: true, alpha: 2 }), [21, 25]);
    });
  });
});
