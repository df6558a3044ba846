// Sparse products that take several blocks of rows, of steps and of columns: exact, for whole numbers.
import { describe, expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import { DTYPES, seededNumbers } from "../conformance/values.ts";

/**
 * 300 rows are two blocks of lists in float32 and three in float64, 460 steps three blocks of k, 2300 columns two blocks
 * of panels in float32 and three in float64. Of 26,314 columns with 224 steps the last two of float32, less than a vector,
 * go with the block before.
 */
const SHAPES = [
  [300, 460, 2300],
  [16, 224, 26_314],
] as const;

describe.each(SHAPES)("%d × %d times %d columns", (m, k, n) => {
  const sparse = seededNumbers(m * k, 1).map((x) => Math.max(0, Math.round(8 * x)));
  const full = seededNumbers(k, 2).map((x) => Math.round(4 * x));
  /** b[p][j]: whole numbers, different for every j of a panel and every panel. */
  const bAt = (p: number, j: number): number => full[p] + (j % 53) - Math.floor(j / 53) / 2;
  const biasAt = (j: number): number => (j % 7) * 64 - 192;

  describe.each(DTYPES)("in %s", (dtype) => {
    const size = dtype === "float32" ? 4 : 8;
    const arena = Arena.create({ byteLength: (k * n + m * n + n + m * k * 2) * size + 8 * 2 ** 20 });
    const b = arena.allocate(dtype, [k, n]);
    for (let p = 0; p < k; p++) for (let j = 0; j < n; j++) b.data[p * n + j] = bAt(p, j);
    const bias = arena.allocate(dtype, [n]);
    for (let j = 0; j < n; j++) bias.data[j] = biasAt(j);
    const out = arena.allocate(dtype, [m, n]);
    const floats = arena.allocate(dtype, [m, k]);
    floats.data.set(sparse);
    const bytes = arena.allocate("uint8", [m, k]);
    bytes.data.set(sparse);

    function expectProduct(first: number, relu: boolean): void {
      for (let i = 0; i < m; i++) {
        const factors = sparse.slice(i * k, (i + 1) * k);
        const sums = factors.reduce((sum, x, p) => sum + x * full[p], 0);
        const total = factors.reduce((sum, x) => sum + x, 0);
        for (let j = 0; j < n; j++) {
          const exact = first + sums + total * ((j % 53) - Math.floor(j / 53) / 2) + biasAt(j);
          const expected = relu ? Math.max(0, exact) : exact;
          if (out.data[i * n + j] !== expected)
            expect.fail(`row ${i}, column ${j} is ${out.data[i * n + j]}, expected ${expected}`);
        }
      }
    }

    test.each(["wasm", "wasm-relaxed"] as const)("%s", (backend) => {
      const kernels = createKernels({ backend, arena });
      for (const a of [floats, bytes]) {
        out.data.fill(Number.NaN);
        kernels.matmul(a, b, out, { sparse: true, byteScale: 1, bias, relu: true });
        expectProduct(0, true);
        out.data.fill(5);
        kernels.matmul(a, b, out, { sparse: true, byteScale: 1, bias, accumulate: true });
        expectProduct(5, false);
      }
    });
  });
});
