// matmul on every layout of both operands and of the output, with poison in and around them.
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import { expectGuards, LAYOUTS, laidOut, memories, type NewArray, poisonedOut } from "./layouts.ts";
import { expectProduct, type Rounding } from "./rounding.ts";
import { DTYPES, dense, expectSameBits, seededNumbers, valuesOf } from "./values.ts";

export function matmulLayoutTests(make: () => Kernels, rounding: Rounding): void {
  describe.each(memories(make))("in %s", (_, newArray) => inMemory(make, rounding, newArray));
}

function inMemory(make: () => Kernels, rounding: Rounding, newArray: NewArray): void {
  describe.each(DTYPES)("matmul and memory in %s", (dtype) => {
    const [m, k, n] = [5, 9, 6];
    const a = seededNumbers(m * k, 11);
    const b = seededNumbers(k * n, 12);
    const expected = rounding.truth.matmul(dense(a, [m, k], dtype), dense(b, [k, n], dtype));

    test("is the schoolbook product", () => {
      const product = make().matmul(dense(a, [m, k], dtype), dense(b, [k, n], dtype));
      expectProduct(rounding, product, a, b, [m, k, n], dtype);
      expectSameBits(product, expected);
    });

    test.each(LAYOUTS)("gives the same bits in every layout when a is %s", (layoutA) => {
      const kernels = make();
      for (const layoutB of LAYOUTS) {
        for (const layoutOut of LAYOUTS) {
          const out = poisonedOut(layoutOut, m, n, dtype, newArray);
          const what = `b ${layoutB}, out ${layoutOut}`;
          const left = laidOut(layoutA, a, m, k, dtype, newArray);
          const result = kernels.matmul(left, laidOut(layoutB, b, k, n, dtype, newArray), out);
          expect(result).toBe(out);
          if (rounding.steady) expectSameBits(out, expected, what);
          else expectProduct(rounding, out, a, b, [m, k, n], dtype, what);
          expectGuards(out, what);
        }
      }
    });

    test("reads broadcast operands: a stride of 0 repeats a row or a column", () => {
      const repeatedRow = dense(a.slice(0, k), [1, k], dtype);
      repeatedRow.shape[0] = m;
      repeatedRow.stride[0] = 0;
      const rows = Array.from({ length: m }, () => a.slice(0, k)).flat();
      const product = make().matmul(repeatedRow, dense(b, [k, n], dtype));
      expectProduct(rounding, product, rows, b, [m, k, n], dtype);
    });

    test("writes to no input", () => {
      for (const layout of LAYOUTS) {
        const left = laidOut(layout, a, m, k, dtype, newArray);
        const right = laidOut(layout, b, k, n, dtype, newArray);
        const before = [left.data.slice(), right.data.slice()];
        make().matmul(left, right);
        expect([left.data, right.data]).toEqual(before);
      }
    });

    test("takes one array as both operands", () => {
      const square = dense(a.slice(0, 36), [6, 6], dtype);
      const transposed = Array.from({ length: 36 }, (_, i) => a[(i % 6) * 6 + Math.floor(i / 6)]);
      const product = make().matmul(square, square.transpose(1, 0));
      expectProduct(rounding, product, a.slice(0, 36), transposed, [6, 6, 6], dtype);
    });

    test("does not read out unless it accumulates; a sum over nothing is 0, and leaves out alone if it does", () => {
      const nothing = [dense([], [m, 0], dtype), dense([], [0, n], dtype)] as const;
      const out = poisonedOut("row-major", m, n, dtype, newArray);
      make().matmul(...nothing, out);
      expectSameBits(out, new Array(m * n).fill(0));
      const held = dense(valuesOf(expected), [m, n], dtype);
      make().matmul(...nothing, held, { accumulate: true });
      expectSameBits(held, expected);
    });

    test("writes one block of columns of a matrix whose other columns are its operand", () => {
      const wide = laidOut("row-major", seededNumbers(m * (k + n), 13), m, k + n, dtype);
      const left = wide.hi(m, k);
      for (let i = 0; i < m; i++) for (let p = 0; p < k; p++) left.set(i, p, a[i * k + p]);
      make().matmul(left, dense(b, [k, n], dtype), wide.lo(0, k));
      expectSameBits(wide.lo(0, k), expected);
      expectSameBits(left, dense(a, [m, k], dtype));
    });
  });
}
