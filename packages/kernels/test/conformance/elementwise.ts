// What relu, sigmoid, their backward forms and axpy must do on every backend.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import { golden } from "./golden.ts";
import { expectGuards, LAYOUTS, laidOut, memories, poisonedOut } from "./layouts.ts";
import { gamma, type Rounding } from "./rounding.ts";
import { DTYPES, dense, expectClose, expectSameBits, flat, seededNumbers, UNIT, valuesOf } from "./values.ts";

const SIZES = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33];

export function elementwiseTests(make: () => Kernels, rounding: Rounding): void {
  const oracle = rounding.truth;

  describe.each(DTYPES)("elementwise operations in %s", (dtype) => {
    const round = dtype === "float32" ? Math.fround : (x: number) => x;

    test("agree with NumPy", () => {
      for (const { x, dout, ...expected } of golden.rest) {
        const shape = [x.length, x[0].length];
        const [input, slope] = [dense(flat(x), shape, dtype), dense(flat(dout), shape, dtype)];
        const kernels = make();
        const y = kernels.relu(input);
        const s = kernels.sigmoid(input);
        expectSameBits(y, flat(expected.relu), "relu");
        expectSameBits(
          kernels.reluBackward(y, slope),
          flat(expected.reluBackward).map((d) => d || 0),
          "reluBackward",
        );
        expectClose(s, flat(expected.sigmoid), 8 * UNIT[dtype], "sigmoid");
        expectClose(
          kernels.sigmoidBackward(s, slope),
          flat(expected.sigmoidBackward),
          64 * UNIT[dtype],
          "sigmoidBackward",
        );
        expectSameBits(kernels.axpy(-0.375, input, slope), flat(expected.axpy), "axpy");
      }
    });

    test("of relu cut at zero: 0, −0 and below give 0 and pass no gradient; NaN stays", () => {
      const x = dense(
        [-1, -0, 0, 2, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
        [7],
        dtype,
      );
      const y = make().relu(x);
      expectSameBits(y, [0, 0, 0, 2, Number.NaN, 0, Number.POSITIVE_INFINITY]);
      const dout = dense([1, 2, 3, 4, 5, 6, 7], [7], dtype);
      expectSameBits(make().reluBackward(y, dout), [0, 0, 0, 4, 0, 0, 7]);
    });

    test("of sigmoid do not overflow, and keep NaN", () => {
      const x = dense(
        [-1000, 0, 1000, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
        [6],
        dtype,
      );
      expectSameBits(make().sigmoid(x), [0, 0.5, 1, Number.NaN, 0, 1]);
    });

    test("of axpy round the factor, the product and the sum, each once, at every length", () => {
      for (const n of SIZES) {
        const [x, y] = [seededNumbers(n, n + 1), seededNumbers(n, n + 2)];
        const expected = y.map((value, i) => round(round(value) + round(round(0.1) * round(x[i]))));
        const found = make().axpy(0.1, dense(x, [n], dtype), dense(y, [n], dtype));
        // Fused, the product is not rounded: one rounding less of it, and the sum may be rounded to its other neighbour.
        const bound = (i: number) => gamma(3, dtype) * (0.1 * Math.abs(x[i]) + Math.abs(y[i]));
        rounding.expectNear(found, expected, bound, `axpy of ${n}`);
      }
    });

    test("have the bits of the truth at every length", () => {
      for (const n of SIZES) {
        const [x, dout] = [dense(seededNumbers(n, 1), [n], dtype), dense(seededNumbers(n, 2), [n], dtype)];
        for (const op of ["relu", "sigmoid"] as const) expectSameBits(make()[op](x), oracle[op](x), op);
        for (const op of ["reluBackward", "sigmoidBackward"] as const) {
          expectSameBits(make()[op](x, dout), oracle[op](x, dout), op);
        }
      }
    });

    describe.each(memories(make))("in %s", (_memory, newArray) => {
      test.each(LAYOUTS)("read and write %s, and nothing around it", (layout) => {
        const [m, n] = [4, 7];
        const [a, b] = [seededNumbers(m * n, 3), seededNumbers(m * n, 4)];
        const [plainA, plainB] = [dense(a, [m, n], dtype), dense(b, [m, n], dtype)];
        for (const other of LAYOUTS) {
          const [x, dout] = [
            laidOut(layout, a, m, n, dtype, newArray),
            laidOut(other, b, m, n, dtype, newArray),
          ];
          const before = [x.data.slice(), dout.data.slice()];
          const kernels = make();
          const outputs = [0, 1, 2, 3].map(() => poisonedOut(other, m, n, dtype, newArray));
          expectSameBits(kernels.relu(x, outputs[0]), oracle.relu(plainA), "relu");
          expectSameBits(kernels.sigmoid(x, outputs[1]), oracle.sigmoid(plainA), "sigmoid");
          expectSameBits(
            kernels.reluBackward(x, dout, outputs[2]),
            oracle.reluBackward(plainA, plainB),
            "reluBackward",
          );
          expectSameBits(
            kernels.sigmoidBackward(x, dout, outputs[3]),
            oracle.sigmoidBackward(plainA, plainB),
          );
          for (const out of outputs) expectGuards(out, other);
          expect([x.data, dout.data]).toEqual(before);
          const y = poisonedOut(other, m, n, dtype, newArray);
          for (let i = 0; i < m * n; i++) y.set(Math.floor(i / n), i % n, b[i]);
          expectSameBits(
            kernels.axpy(2, x, y),
            a.map((value, i) => round(round(b[i]) + 2 * round(value))),
            "axpy",
          );
          expectGuards(y, other);
        }
      });
    });

    test("work in place, on any rank and on no element at all", () => {
      for (const shape of [[], [1], [2, 3, 4], [0, 5]]) {
        const count = shape.reduce((product, length) => product * length, 1);
        const x = ndarray(dense(seededNumbers(count, 5), [count], dtype).data, shape);
        const copy = ndarray(x.data.slice(), shape);
        for (const op of ["relu", "sigmoid"] as const) {
          const expected = valuesOf(make()[op](copy));
          const inPlace = ndarray(x.data.slice(), shape);
          expect(make()[op](inPlace, inPlace)).toBe(inPlace);
          expectSameBits(inPlace, expected, `${op} of [${shape}]`);
        }
        expectSameBits(
          make().axpy(1, x, x),
          valuesOf(copy).map((value) => value + value),
          `axpy of [${shape}]`,
        );
      }
    });

    test("of the backward forms work in place of either operand", () => {
      const [a, b] = [seededNumbers(10, 6), seededNumbers(10, 7)];
      for (const op of ["reluBackward", "sigmoidBackward"] as const) {
        const expected = make()[op](dense(a, [10], dtype), dense(b, [10], dtype));
        const [y, dout] = [dense(a, [10], dtype), dense(b, [10], dtype)];
        expectSameBits(make()[op](y, dense(b, [10], dtype), y), expected);
        expectSameBits(make()[op](dense(a, [10], dtype), dout, dout), expected);
      }
    });
  });
}
