// What softmax with cross-entropy must do on every backend: three kinds of labels, one row or a batch, its gradient.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import type { IntegerTensor, Tensor } from "../../src/tensor.ts";
import { golden } from "./golden.ts";
import { expectGuards, LAYOUTS, laidOut, memories, poisonedOut } from "./layouts.ts";
import type { Rounding } from "./rounding.ts";
import { DTYPES, dense, expectClose, expectSameBits, flat, seededNumbers, UNIT, valuesOf } from "./values.ts";

const INTEGER_ARRAYS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
];

export function crossEntropyTests(make: () => Kernels, rounding: Rounding): void {
  const oracle = rounding.truth;

  describe.each(DTYPES)("softmax with cross-entropy in %s", (dtype) => {
    const tolerance = 64 * UNIT[dtype];
    const matrix = (nested: readonly (readonly number[])[]) =>
      dense(nested.flat(), [nested.length, nested[0].length], dtype);

    test("agrees with NumPy for one-hot labels, soft labels and class numbers", () => {
      for (const { x, classes, oneHot, soft, y, hard, weighted } of golden.crossEntropy) {
        const labels: [Tensor | IntegerTensor, typeof hard][] = [
          [matrix(oneHot), hard],
          [matrix(soft), weighted],
          [ndarray(Int32Array.from(classes)), hard],
        ];
        for (const [t, expected] of labels) {
          const result = make().softmaxCrossEntropy(matrix(x), t);
          expectClose(result.y, flat(y), tolerance, "y");
          expectClose(result.losses, expected.losses, tolerance, "losses");
          expect(result.losses.shape).toEqual([x.length]);
          const dx = make().softmaxCrossEntropyBackward(result.y, t, 1 / x.length);
          expectClose(dx, flat(expected.dx), tolerance, "dx");
        }
      }
    });

    test("gives the worked example its row-wise loss, not that of a softmax over the whole matrix", () => {
      const { losses } = make().softmaxCrossEntropy(matrix(golden.worked.x), ndarray(Uint8Array.of(7, 4, 9)));
      expectClose(losses, [4.6194450410885946, Math.LN10, 0.14541345580770582], tolerance);
      const mean = valuesOf(losses).reduce((sum, loss) => sum + loss, 0) / 3;
      expect(mean).toBeCloseTo(2.3558145299634488, 5);
      expect(Math.abs(mean - 5.416781025822352)).toBeGreaterThan(1);
    });

    test("bounds the loss: 0 for a sure right answer, the distance of the scores for a sure wrong one", () => {
      const x = dense([1000, 0, 0, 1000, 0, 0], [2, 3], dtype);
      expect(valuesOf(make().softmaxCrossEntropy(x, ndarray(Uint8Array.of(0, 1))).losses)).toEqual([0, 1000]);
    });

    test("takes class numbers of any integer type, with a step", () => {
      const x = dense(seededNumbers(12, 1), [4, 3], dtype);
      const expected = make().softmaxCrossEntropy(x, ndarray(Int32Array.of(2, 0, 1, 2)));
      for (const IntegerArray of INTEGER_ARRAYS) {
        const classes = ndarray(IntegerArray.of(2, 99, 1, 99, 0, 99, 2), [4], [-2], 6);
        expectSameBits(make().softmaxCrossEntropy(x, classes).losses, expected.losses, IntegerArray.name);
      }
    });

    test("gives one-hot rows and class numbers the same bits", () => {
      const [n, c] = [6, 10];
      const x = dense(seededNumbers(n * c, 2), [n, c], dtype);
      const classes = Int32Array.of(3, 0, 9, 5, 5, 1);
      const oneHot = dense(
        Array.from({ length: n * c }, (_, i) => (i % c === classes[Math.floor(i / c)] ? 1 : 0)),
        [n, c],
        dtype,
      );
      const [hot, numbered] = [oneHot, ndarray(classes)].map((t) => make().softmaxCrossEntropy(x, t));
      expectSameBits(hot.losses, numbered.losses);
      const dx = make().softmaxCrossEntropyBackward(hot.y, oneHot, 0.1);
      expectSameBits(make().softmaxCrossEntropyBackward(hot.y, ndarray(classes), 0.1), dx);
    });

    test("of one row gives that row of the batch, and a loss without an axis", () => {
      const x = seededNumbers(5, 3);
      const batch = make().softmaxCrossEntropy(dense(x, [1, 5], dtype), ndarray(Int32Array.of(4)));
      const row = dense(x, [5], dtype);
      for (const t of [ndarray(Int32Array.of(4), []), dense([0, 0, 0, 0, 1], [5], dtype)]) {
        const one = make().softmaxCrossEntropy(row, t);
        expect([one.y.shape, one.losses.shape]).toEqual([[5], []]);
        expectSameBits(one.y, batch.y);
        expectSameBits(one.losses, batch.losses);
        const dx = make().softmaxCrossEntropyBackward(one.y, t, 1);
        expect(dx.shape).toEqual([5]);
        expectSameBits(dx, make().softmaxCrossEntropyBackward(batch.y, ndarray(Int32Array.of(4)), 1));
      }
    });

    describe.each(memories(make))("in %s", (_memory, newArray) => {
      test.each(LAYOUTS)(
        "reads and writes %s with the bits of the truth, and nothing around it",
        (layout) => {
          const [n, c] = [5, 7];
          const [scores, weights] = [seededNumbers(n * c, 4), seededNumbers(n * c, 5).map(Math.abs)];
          const truth = oracle.softmaxCrossEntropy(
            dense(scores, [n, c], dtype),
            dense(weights, [n, c], dtype),
          );
          const slope = oracle.softmaxCrossEntropyBackward(truth.y, dense(weights, [n, c], dtype), 0.2);
          const x = laidOut(layout, scores, n, c, dtype, newArray);
          for (const other of LAYOUTS) {
            const t = laidOut(other, weights, n, c, dtype, newArray);
            const before = [x.data.slice(), t.data.slice()];
            const y = poisonedOut(other, n, c, dtype, newArray);
            const column = poisonedOut(layout, n, 1, dtype, newArray);
            const losses = column.pick(null, 0);
            const result = make().softmaxCrossEntropy(x, t, { y, losses });
            expect([result.y, result.losses]).toEqual([y, losses]);
            expectSameBits(y, truth.y, "y");
            expectSameBits(losses, truth.losses, "losses");
            const dx = poisonedOut(other, n, c, dtype, newArray);
            make().softmaxCrossEntropyBackward(y, t, 0.2, dx);
            expectSameBits(dx, slope, "dx");
            const [y2, dx2] = [0, 1].map(() => poisonedOut(other, n, c, dtype, newArray));
            const column2 = poisonedOut(layout, n, 1, dtype, newArray);
            const all = { y: y2, losses: column2.pick(null, 0), dx: dx2, scale: 0.2 };
            make().softmaxCrossEntropy(x, t, all);
            expectSameBits(y2, y, "y with dx");
            expectSameBits(all.losses, truth.losses, "losses with dx");
            expectSameBits(dx2, dx, "dx in the same pass");
            for (const out of [y, column, dx, y2, column2, dx2]) expectGuards(out, other);
            expect([x.data, t.data]).toEqual(before);
          }
        },
      );
    });

    test.each(memories(make))(
      "adds nothing for a class without weight, even an impossible one, in %s",
      (_, newArray) => {
        for (const c of [2, 3, 5, 6, 9]) {
          // The first and the last class are impossible; the others share the row equally.
          const scores = Array.from({ length: c + 1 }, (_, j) =>
            j % c === 0 ? Number.NEGATIVE_INFINITY : 0,
          );
          const weights = Array.from({ length: c + 1 }, (_, j) => (j === 1 ? 1 : j % c === 0 ? -0 : 0));
          const [x, t] = [scores, weights].map((row) => laidOut("row-major", row, 1, c + 1, dtype, newArray));
          const [y, losses] = [c + 1, 1].map((width) => poisonedOut("row-major", 1, width, dtype, newArray));
          make().softmaxCrossEntropy(x, t, { y, losses: losses.pick(null, 0) });
          expectClose(losses, [Math.log(c - 1)], tolerance);
          t.set(0, c, 0.5);
          make().softmaxCrossEntropy(x, t, { y, losses: losses.pick(null, 0) });
          expectSameBits(losses, [Number.POSITIVE_INFINITY], "an impossible class with weight");
        }
      },
    );

    test.each(memories(make))("gives class numbers their gradient in the same pass, in %s", (_, newArray) => {
      for (const c of [1, 2, 3, 4, 5, 10, 11]) {
        const scores = seededNumbers(4 * c, c);
        const x = laidOut("row-major", scores, 4, c, dtype, newArray);
        const t = ndarray(Int32Array.of(0, c - 1, Math.floor(c / 2), 0));
        const [y, dx] = [0, 1].map(() => poisonedOut("block of a wider matrix", 4, c, dtype, newArray));
        const losses = poisonedOut("row-major", 4, 1, dtype, newArray).pick(null, 0);
        make().softmaxCrossEntropy(x, t, { y, losses, dx, scale: 0.25 });
        const apart = make().softmaxCrossEntropy(x, t);
        expectSameBits(y, apart.y, `y of ${c}`);
        expectSameBits(losses, apart.losses, `losses of ${c}`);
        expectSameBits(dx, make().softmaxCrossEntropyBackward(apart.y, t, 0.25), `dx of ${c}`);
        expectGuards(dx, "block of a wider matrix");
      }
    });

    test("gives one row its gradient too, and takes 1 for a scale that is left out", () => {
      const x = dense(seededNumbers(5, 3), [5], dtype);
      const t = ndarray(Int32Array.of(4), []);
      const dx = dense([0, 0, 0, 0, 0], [5], dtype);
      const { y } = make().softmaxCrossEntropy(x, t, { dx });
      expectSameBits(dx, make().softmaxCrossEntropyBackward(y, t, 1));
    });

    test("computes its gradient in place of y", () => {
      const t = ndarray(Int32Array.of(1, 0));
      const { y } = make().softmaxCrossEntropy(dense(seededNumbers(6, 6), [2, 3], dtype), t);
      const expected = make().softmaxCrossEntropyBackward(y, t, 0.5);
      expect(make().softmaxCrossEntropyBackward(y, t, 0.5, y)).toBe(y);
      expectSameBits(y, expected);
    });

    test("of no rows is empty", () => {
      const { y, losses } = make().softmaxCrossEntropy(dense([], [0, 3], dtype), ndarray(new Int32Array(0)));
      expect([y.shape, losses.shape]).toEqual([[0, 3], [0]]);
    });
  });
}
