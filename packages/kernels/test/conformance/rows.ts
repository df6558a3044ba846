// What addBias, sumRows and gatherRows must do on every backend: the operations between a batch and a row.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import { golden } from "./golden.ts";
import { expectGuards, LAYOUTS, laidOut, laidOutVector, memories, poisonedOut } from "./layouts.ts";
import { DTYPES, dense, expectClose, expectSameBits, flat, seededNumbers, UNIT, valuesOf } from "./values.ts";

const SIZES = [0, 1, 3, 4, 5, 8, 9, 17];

export function rowTests(make: () => Kernels): void {
  describe.each(DTYPES)("rows in %s", (dtype) => {
    const round = dtype === "float32" ? Math.fround : (x: number) => x;
    const sums = (x: readonly number[], n: number, m: number) =>
      Array.from({ length: m }, (_, j) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum = round(sum + round(x[i * m + j]));
        return sum;
      });

    test("addBias and sumRows agree with NumPy", () => {
      for (const { x, b, addBias, sumRows } of golden.rest) {
        const input = dense(flat(x), [x.length, b.length], dtype);
        expectSameBits(make().addBias(input, dense(b, [b.length], dtype)), flat(addBias));
        expectSameBits(make().sumRows(input), sumRows);
      }
    });

    test("addBias takes one row as well, and works in place", () => {
      const x = dense([1, 2, 3], [3], dtype);
      const result = make().addBias(x, dense([10, 20, 30], [3], dtype), x);
      expect(result).toBe(x);
      expectSameBits(x, [11, 22, 33]);
    });

    test("sumRows adds in the order of the rows, rounding after each, at every size", () => {
      for (const n of SIZES) {
        for (const m of SIZES) {
          const x = seededNumbers(n * m, n + 20 * m + 1);
          expectSameBits(make().sumRows(dense(x, [n, m], dtype)), sums(x, n, m), `${n}×${m}`);
        }
      }
    });

    describe.each(memories(make))("in %s", (_memory, newArray) => {
      test.each(LAYOUTS)("read and write %s, and nothing around it", (layout) => {
        const [n, m] = [5, 7];
        const [x, b] = [seededNumbers(n * m, 1), seededNumbers(m, 2)];
        const input = laidOut(layout, x, n, m, dtype, newArray);
        const before = input.data.slice();
        const added = x.map((value, i) => round(round(value) + round(b[i % m])));
        for (const other of LAYOUTS) {
          for (const step of [1, -2]) {
            const out = poisonedOut(other, n, m, dtype, newArray);
            expectSameBits(
              make().addBias(input, laidOutVector(b, step, dtype), out),
              added,
              `addBias to ${other}`,
            );
            expectGuards(out, other);
          }
          const column = poisonedOut(other, m, 1, dtype, newArray);
          expectSameBits(make().sumRows(input, column.pick(null, 0)), sums(x, n, m), `sumRows to ${other}`);
          expectGuards(column, other);
        }
        expect(input.data).toEqual(before);
      });
    });

    test("gatherRows agrees with NumPy for floats and for bytes turned into floats", () => {
      const { source, pixels, rows, floats, bytes } = golden.gather;
      const numbers = ndarray(Int32Array.from(rows));
      const [n, d] = [source.length, source[0].length];
      const out = make().zeros([rows.length, d], dtype);
      make().gatherRows(dense(flat(source), [n, d], dtype), numbers, out, { scale: 0.5 });
      expectSameBits(out, flat(floats));
      const images = ndarray(Uint8Array.from(flat(pixels)), [n, d]);
      expect(make().gatherRows(images, numbers, out, { scale: 1 / 255 })).toBe(out);
      // One rounding of the scale, one of the product.
      expectClose(out, flat(bytes), 2 * UNIT[dtype]);
      const factor = round(1 / 255);
      expectSameBits(
        out,
        rows.flatMap((row) => pixels[row].map((pixel) => round(pixel * factor))),
      );
      make().gatherRows(images, numbers, out);
      expectSameBits(
        out,
        rows.flatMap((row) => pixels[row]),
      );
    });

    describe.each(memories(make))("in %s", (_memory, newArray) => {
      test.each(LAYOUTS)("gatherRows reads and writes %s, and nothing around it", (layout) => {
        const [n, d] = [4, 6];
        const source = seededNumbers(n * d, 3);
        const rows = ndarray(Uint16Array.of(9, 3, 9, 0, 9, 3, 9, 1, 9), [4], [2], 1);
        const expected = valuesOf(rows).flatMap((row) => source.slice(row * d, (row + 1) * d).map(round));
        for (const other of LAYOUTS) {
          const input = laidOut(layout, source, n, d, dtype, newArray);
          const before = input.data.slice();
          const out = poisonedOut(other, 4, d, dtype, newArray);
          expectSameBits(make().gatherRows(input, rows, out), expected, other);
          expectGuards(out, other);
          expect(input.data).toEqual(before);
        }
      });
    });

    test("gatherRows picks nothing from nothing", () => {
      const out = dense([], [0, 3], dtype);
      expect(make().gatherRows(dense([], [0, 3], dtype), ndarray(new Int32Array(0)), out)).toBe(out);
    });
  });
}
