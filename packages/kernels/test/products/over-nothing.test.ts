// A product over nothing (k = 0) is zeros, and what is asked to follow it follows it: with sparse and bytes, too.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { MatmulOptions } from "../../src/index.ts";
import { DTYPES, dense } from "../conformance/values.ts";
import { BACKENDS } from "./backends.ts";

/** Few and many columns: from 16 rows and 256 float32 columns on, a sparse product packs b. */
const SIZES = [
  [2, 5],
  [16, 20],
  [17, 300],
] as const;

describe.each(BACKENDS)("on %s", (_, kernels) => {
  describe.each(DTYPES)("in %s", (dtype) => {
    test.each(SIZES)("(%d, 0) times (0, %d)", (m, n) => {
      const biases = Array.from({ length: n }, (_, j) => (j % 2 === 0 ? 4 : -3));
      const bias = dense(biases, [n], dtype);
      const own = kernels.zeros([m, n], dtype);
      const lefts = [
        dense([], [m, 0], dtype),
        ndarray(new Uint8Array(0), [m, 0]),
        kernels.zeros([m, 0], dtype),
      ];
      const rights = [
        dense([], [0, n], dtype),
        dense([], [n, 0], dtype).transpose(1, 0),
        kernels.zeros([0, n], dtype),
      ];
      const ways: [MatmulOptions, (j: number) => number][] = [
        [{}, () => 0],
        [{ accumulate: true }, () => 1],
        [{ bias }, (j) => biases[j]],
        [{ bias, relu: true }, (j) => Math.max(0, biases[j])],
        [{ bias, relu: true, accumulate: true }, (j) => Math.max(0, 1 + biases[j])],
        [{ accumulate: true, alpha: -2 }, () => 1],
      ];
      for (const a of lefts) {
        for (const b of rights) {
          for (const out of [own, dense(new Array(m * n).fill(1), [m, n], dtype)]) {
            for (const [way, expected] of ways) {
              for (const sparse of [false, true]) {
                out.data.fill(1);
                kernels.matmul(a, b, out, { ...way, sparse });
                const at = out.data.findIndex((value, i) => value !== expected(i % n));
                expect(at, `${JSON.stringify(way)}, sparse ${sparse}`).toBe(-1);
              }
            }
          }
        }
      }
    });
  });
});
