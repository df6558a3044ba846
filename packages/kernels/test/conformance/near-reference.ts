// The operations that a fused backend rounds differently, at every length of row and for special values: the bits of the
// plain loops, or as near to them as the stated errors of exp and the roundings that follow allow.
//
// exp is within 2 ulp, so within 4u of the truth relative to it, and two of them within 8u of each other (u: half a unit
// in the last place of 1). A sum of n terms adds n − 1 roundings on either side, a quotient, product or difference one.
import { describe, test } from "vitest";
import { checked } from "../../src/border/checked.ts";
import type { Kernels } from "../../src/kernels.ts";
import { referenceBackend } from "../../src/reference/index.ts";
import type { Dtype } from "../../src/tensor.ts";
import { LENGTHS, mixed } from "./lengths.ts";
import { gamma, type Rounding } from "./rounding.ts";
import { DTYPES, dense, seededNumbers, valuesOf } from "./values.ts";

/** The smallest number above 0: where results are subnormal, the errors of exp are some of these, whatever the result. */
const LEAST: Readonly<Record<Dtype, number>> = { float32: 2 ** -149, float64: 2 ** -1074 };
const ROWS = 3;

export function nearReferenceTests(make: () => Kernels, rounding: Rounding): void {
  const reference = checked(referenceBackend(), "the truth");

  describe.each(DTYPES)("beside the plain loops in %s", (dtype) => {
    const near = (n: number) => (_: number, value: number) =>
      gamma(n, dtype) * Math.abs(value) + 8 * LEAST[dtype];
    const inputs = (columns: number, special: boolean) =>
      [1, 2].map((seed) => {
        const count = ROWS * columns;
        const numbers = special ? mixed(count, seed + columns) : seededNumbers(count, seed).map((v) => 8 * v);
        return dense(numbers, [ROWS, columns], dtype);
      });

    describe.each([false, true])("special values: %s", (special) => {
      test.each(LENGTHS)("sigmoid and axpy: %i", (columns) => {
        const [x, y] = inputs(columns, special);
        // 8u from exp, and on either side one rounding of the sum and one of the quotient.
        rounding.expectNear(make().sigmoid(x), reference.sigmoid(x), near(12), "sigmoid");
        const [xs, ys] = [valuesOf(x), valuesOf(y)];
        const copy = () => dense(ys, [ROWS, columns], dtype);
        // Two roundings of the sum and one of the product.
        const bound = (i: number) => gamma(3, dtype) * (0.1 * Math.abs(xs[i]) + Math.abs(ys[i]));
        rounding.expectNear(make().axpy(0.1, x, copy()), reference.axpy(0.1, x, copy()), bound, "axpy");
      });

      test.each(LENGTHS.slice(1))("softmax and log softmax: %i", (columns) => {
        const [x] = inputs(columns, special);
        // 8u each for the numerator and for the sum, 2(n − 1) for its roundings, 2 for the quotient.
        rounding.expectNear(make().softmax(x), reference.softmax(x), near(16 + 2 * columns), "softmax");
        // The logarithm turns the relative error of its argument into an absolute one: 8u + 2(n − 1)u, and adds at most
        // 4u of its own value, which is at most log n < n; then one difference is rounded on either side.
        const sum = gamma(8 + 6 * columns, dtype);
        const bound = (_: number, value: number) => sum + gamma(2, dtype) * Math.abs(value);
        rounding.expectNear(make().logSoftmax(x), reference.logSoftmax(x), bound, "logSoftmax");
      });
    });

    test.each(LENGTHS.slice(1))("softmax with cross-entropy: %i", (columns) => {
      const [x, weights] = inputs(columns, false);
      const t = dense(
        valuesOf(weights).map((w) => Math.abs(w)),
        [ROWS, columns],
        dtype,
      );
      const [found, expected] = [make(), reference].map((kernels) => kernels.softmaxCrossEntropy(x, t));
      rounding.expectNear(found.y, expected.y, near(16 + 2 * columns), "y");
      const logs = valuesOf(reference.logSoftmax(x));
      const weight = valuesOf(t);
      // As for log softmax, each with its weight, and n products and sums with one rounding each on either side.
      const bound = (row: number) => {
        let [weighted, total] = [0, 0];
        for (let i = row * columns; i < (row + 1) * columns; i++) {
          weighted += weight[i] * Math.abs(logs[i]);
          total += weight[i];
        }
        return gamma(8 + 6 * columns, dtype) * total + gamma(2 + 4 * columns, dtype) * weighted;
      };
      rounding.expectNear(found.losses, expected.losses, bound, "losses");
    });
  });
}
