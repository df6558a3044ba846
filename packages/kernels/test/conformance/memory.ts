// What zeros and explain must do on every backend, and that the same call gives the same bits twice.
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import { expectProduct, type Rounding } from "./rounding.ts";
import { DTYPES, dense, expectSameBits, seededNumbers, valuesOf } from "./values.ts";

const OPERATIONS = [
  "matmul",
  "softmax",
  "logSoftmax",
  "softmaxCrossEntropy",
  "softmaxCrossEntropyBackward",
  "relu",
  "reluBackward",
  "sigmoid",
  "sigmoidBackward",
  "addBias",
  "sumRows",
  "axpy",
  "momentumStep",
  "adagradStep",
  "rmspropStep",
  "adamStep",
  "gatherRows",
  "allFinite",
];

export function memoryTests(make: () => Kernels, rounding: Rounding): void {
  describe("memory and explanation", () => {
    test("explain names the code behind every operation", () => {
      const { backend, operations, reason, memory } = make().explain();
      expect(backend).toBe(make().backend);
      expect(Object.keys(operations).sort()).toEqual([...OPERATIONS].sort());
      expect(reason).not.toBe("");
      expect(memory).toMatch(/^(javascript|webassembly( \(shared\))?)$/);
    });

    test("zeros are zeros of the asked dtype, row-major, and float32 unless asked", () => {
      for (const dtype of DTYPES) {
        for (const shape of [[], [0], [5], [2, 3], [2, 0, 3], [2, 3, 4]]) {
          const t = make().zeros(shape, dtype);
          expect([t.dtype, t.shape]).toEqual([dtype, shape]);
          expect(valuesOf(t)).toEqual(new Array(t.size).fill(0));
        }
      }
      expect(make().zeros([2, 3]).dtype).toBe("float32");
      expect(make().zeros([2, 3]).stride).toEqual([3, 1]);
    });

    test("two arrays of zeros never share memory", () => {
      const kernels = make();
      const [a, b] = [kernels.zeros([3]), kernels.zeros([3])];
      a.set(0, 1);
      expect(valuesOf(b)).toEqual([0, 0, 0]);
    });

    test.each(DTYPES)(
      "operands in the kernels' own memory give the same bits as any other, in %s",
      (dtype) => {
        const kernels = make();
        const [m, k, n] = [9, 20, 7];
        const [a, b] = [seededNumbers(m * k, 1), seededNumbers(k * n, 2)];
        const [x, w, y] = [
          [m, k],
          [k, n],
          [m, n],
        ].map((shape) => kernels.zeros(shape, dtype));
        x.data.subarray(x.offset, x.offset + m * k).set(a);
        w.data.subarray(w.offset, w.offset + k * n).set(b);
        expectProduct(rounding, kernels.matmul(x, w, y), a, b, [m, k, n], dtype);
        const expected = valuesOf(y);
        expectSameBits(kernels.matmul(dense(a, [m, k], dtype), w), expected);
        expectSameBits(kernels.matmul(x, dense(b, [k, n], dtype), y), expected);
        expectSameBits(
          kernels.softmax(y, kernels.zeros([m, n], dtype)),
          kernels.softmax(dense(valuesOf(y), [m, n], dtype)),
        );
      },
    );
  });
}
