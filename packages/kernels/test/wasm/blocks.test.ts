// Products that fill every block of the scratch memory to its last byte, and end in the next: exact, for whole numbers.
import { describe, expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import { DTYPES, seededNumbers } from "../conformance/values.ts";

// 800 steps are two full blocks of k. A full block of a has 163 rows of float32 or 81 of float64 (162 and 78 in tiles of
// six), and a full block of b 648 columns or 324; 170 and 660 begin another of each, and end amid a tile.
const [M, K, N] = [170, 800, 660];

const whole = (count: number, seed: number): number[] =>
  seededNumbers(count, seed).map((x) => Math.round(4 * x));
const [A, B, C, BIAS] = [whole(M * K, 1), whole(K * N, 2), whole(M * N, 3), whole(N, 4).map((x) => 50 * x)];

/** The product of whole numbers, exact in any order. */
const PRODUCT = new Float64Array(M * N);
for (let i = 0; i < M; i++) {
  for (let p = 0; p < K; p++) {
    const factor = A[i * K + p];
    for (let j = 0; j < N; j++) PRODUCT[i * N + j] += factor * B[p * N + j];
  }
}

describe.each(["wasm", "wasm-relaxed"] as const)("%s", (backend) => {
  describe.each(DTYPES)("in %s", (dtype) => {
    const arena = Arena.create({ byteLength: 16 * 1024 * 1024 });
    const kernels = createKernels({ backend, arena });
    const filled = (values: readonly number[], shape: readonly number[], transposed = false) => {
      const [rows = 1, columns = values.length] = shape;
      const t = arena.allocate(dtype, transposed ? [columns, rows] : shape);
      const view = transposed ? t.transpose(1, 0) : t;
      if (!transposed) t.data.set(values);
      else for (let i = 0; i < values.length; i++) view.set(Math.floor(i / columns), i % columns, values[i]);
      return view;
    };
    const b = filled(B, [K, N]);
    const bias = filled(BIAS, [N]);
    const out = arena.allocate(dtype, [M, N]);

    /** Compares without an assertion for each of 112,200 numbers. */
    function expectAll(expected: (i: number) => number): void {
      const at = out.data.findIndex((value, i) => value !== expected(i));
      if (at >= 0) expect.fail(`entry ${at} is ${out.data[at]}, expected ${expected(at)}`);
    }

    test.each([false, true])("a transposed: %s", (transposed) => {
      const a = filled(A, [M, K], transposed);
      for (const sparse of [false, true]) {
        out.data.fill(Number.NaN);
        kernels.matmul(a, b, out, { sparse });
        expectAll((i) => PRODUCT[i]);
        out.data.set(C);
        kernels.matmul(a, b, out, { accumulate: true, sparse });
        expectAll((i) => C[i] + PRODUCT[i]);
        kernels.matmul(a, b, out, { bias, sparse });
        expectAll((i) => PRODUCT[i] + BIAS[i % N]);
        kernels.matmul(a, b, out, { bias, relu: true, sparse });
        expectAll((i) => Math.max(0, PRODUCT[i] + BIAS[i % N]));
      }
    });
  });
});
