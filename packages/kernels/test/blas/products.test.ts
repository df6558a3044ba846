// What a product on the backend `blas` does beside multiplying: alpha, bias, relu and zeros, within the bounds of its sums.
import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { blasBackend } from "../../src/blas/index.ts";
import { checked } from "../../src/border/checked.ts";
import type { Kernels } from "../../src/kernels.ts";
import { Arena } from "../../src/memory.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { fastest } from "../../src/wasm/module.ts";
import { expectGuards, LAYOUTS, laidOut, memories } from "../conformance/layouts.ts";
import { gamma } from "../conformance/rounding.ts";
import { DTYPES, dense, seededNumbers, valuesOf } from "../conformance/values.ts";
import { sparseNumbers } from "../products/backends.ts";
import { tellIfSkipped, unavailable } from "./available.ts";

tellIfSkipped("products of the backend blas");

let made: Kernels | undefined;
function blas(): Kernels {
  made ??= checked(blasBackend(Arena.create({ byteLength: 96 * 1024 * 1024 })), "asked for by its test");
  return made;
}

describe.skipIf(unavailable !== undefined)("with a BLAS", () => {
  test("explain names the library, its file, its version and its one thread", () => {
    const { backend, operations, library, memory } = blas().explain();
    expect([backend, memory]).toEqual(["blas", "webassembly"]);
    expect(operations.matmul).toMatch(
      /^\S+; wasm\/(relaxed-simd|simd128) for sparse operands \(of wide bytes a part\), and strides that BLAS cannot take$/,
    );
    expect(operations.softmax).toMatch(/^wasm\//);
    expect(library?.path).toMatch(process.platform === "linux" ? /^\/.*\.so/ : /./);
    expect([1, undefined]).toContain(library?.threads);
    if (library?.name === "OpenBLAS") expect(library.version).toMatch(/^OpenBLAS \d/);
  });

  test("a short product of the same views is the library's every time, however well our own kernels know it", () => {
    const [a, b] = [blas().zeros([4, 4000]), blas().zeros([4000, 4])]; // long sums, which a library takes in parts
    a.data.set(seededNumbers(16_000, 1));
    b.data.set(seededNumbers(16_000, 2));
    const out = blas().zeros([4, 4]);
    const [first, second, third] = [1, 2, 3].map(() => valuesOf(blas().matmul(a, b, out)));
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    // Both ways are there, side by side.
    const sparse = valuesOf(blas().matmul(a, b, out, { sparse: true }));
    expect(valuesOf(blas().matmul(a, b, out, { sparse: true }))).toEqual(sparse);
    expect(valuesOf(blas().matmul(a, b, out))).toEqual(first);
  });

  test.each(DTYPES)(
    "every number of out ← relu([out +] [α·]a·b + bias) is within its bound, in %s",
    (dtype) => {
      const size = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(1, 50, 100));
      const layout = fc.constantFrom(...LAYOUTS);
      const places = fc.tuple(layout, layout, layout, fc.constantFrom(0, 1));
      const flags = fc.record({
        alpha: fc.constantFrom(undefined, -0.1, 3),
        accumulate: fc.boolean(),
        bias: fc.boolean(),
        relu: fc.boolean(),
        sparse: fc.boolean(),
      });
      const seed = fc.integer({ min: 1, max: 1e6 });
      fc.assert(
        fc.property(size, size, size, places, flags, seed, (m, k, n, [la, lb, lc, where], f, first) => {
          const place = memories(blas)[where][1];
          const [a, b] = [sparseNumbers(m * k, 40, first), seededNumbers(k * n, first + 1)];
          const [c, biases] = [seededNumbers(m * n, first + 2), seededNumbers(n, first + 3)];
          const out = laidOut(lc, c, m, n, dtype, place);
          // What stands around an output must be there afterwards.
          const around = out.data.findIndex(Number.isNaN);
          for (let i = 0; i < out.data.length; i++) if (Number.isNaN(out.data[i])) out.data[i] = -987.5;
          const accumulate = f.accumulate || f.alpha !== undefined;
          blas().matmul(laidOut(la, a, m, k, dtype, place), laidOut(lb, b, k, n, dtype, place), out, {
            accumulate,
            relu: f.relu,
            sparse: f.sparse,
            ...(f.alpha !== undefined && { alpha: f.alpha }),
            ...(f.bias && { bias: dense(biases, [n], dtype) }),
          });
          const factor = dtype === "float32" ? Math.fround(f.alpha ?? 1) : (f.alpha ?? 1);
          const found = valuesOf(out);
          for (let i = 0; i < m * n; i++) {
            let exact = accumulate ? c[i] : 0;
            let magnitude = Math.abs(exact);
            for (let p = 0; p < k; p++) {
              const term = factor * a[Math.floor(i / n) * k + p] * b[p * n + (i % n)];
              exact += term;
              magnitude += Math.abs(term);
            }
            if (f.bias) {
              exact += biases[i % n];
              magnitude += Math.abs(biases[i % n]);
            }
            if (f.relu) exact = Math.max(0, exact);
            // k sums, k products, the scaling, the bias; and as many for this test's own sum in float64.
            const bound = 2 * gamma(k + 4, dtype) * magnitude;
            if (!(Math.abs(found[i] - exact) <= bound))
              expect.fail(`element ${i}: ${found[i]}, not ${exact} ± ${bound}`);
          }
          if (around >= 0) expectGuards(out, lc);
        }),
        { seed: 5, numRuns: 200 },
      );
    },
  );

  test("a large product, in blocks of any library, is within its bound", () => {
    const [m, k, n] = [150, 900, 140];
    const [a, b] = [seededNumbers(m * k, 1), seededNumbers(k * n, 2)];
    const found = valuesOf(blas().matmul(dense(a, [m, k], "float32"), dense(b, [k, n], "float32")));
    for (let i = 0; i < m * n; i += 7) {
      let [exact, magnitude] = [0, 0];
      for (let p = 0; p < k; p++) {
        const term = a[Math.floor(i / n) * k + p] * b[p * n + (i % n)];
        exact += term;
        magnitude += Math.abs(term);
      }
      expect(Math.abs(found[i] - exact)).toBeLessThanOrEqual(gamma(k, "float32") * magnitude);
    }
  });

  test.each(DTYPES)("a product of bytes that both compute a part of is within its bound, in %s", (dtype) => {
    const [m, k, n] = [300, 200, 260];
    const bytes = Uint8Array.from({ length: m * k }, (_, i) =>
      (i % k) % 3 > 0 && i % 17 > 0 ? 0 : 1 + (i % 255),
    );
    const x = blas().zeros([m, k], dtype);
    const a = ndarray(new Uint8Array(x.data.buffer, x.data.byteOffset, m * k), [m, k]); // in the kernels' memory
    a.data.set(bytes);
    const values = seededNumbers(k * n, 2);
    const b = blas().zeros([k, n], dtype);
    b.data.set(values);
    const options = { sparse: true, byteScale: 1 / 255 };
    const found = valuesOf(blas().matmul(a, b, blas().zeros([m, n], dtype), options));
    for (let i = 0; i < m * n; i += 7) {
      let [exact, magnitude] = [0, 0];
      for (let p = 0; p < k; p++) {
        const term = (bytes[Math.floor(i / n) * k + p] / 255) * values[p * n + (i % n)];
        exact += term;
        magnitude += Math.abs(term);
      }
      // Beside the sum, the roundings of 1/255, of a byte's worth and of b.
      const bound = gamma(k + 3, dtype) * magnitude;
      expect(Math.abs(found[i] - exact)).toBeLessThanOrEqual(bound);
    }
  });

  test.each(DTYPES)(
    "with sparse a product has the bits of the default backend, however its rows are cut, in %s",
    (dtype) => {
      const [m, k, n] = [100, 784, 50];
      const [a, b] = [
        dense(sparseNumbers(m * k, 40, 3), [m, k], dtype),
        dense(seededNumbers(k * n, 4), [k, n], dtype),
      ];
      const bytes = ndarray(
        Uint8Array.from(a.data, (x) => (x === 0 ? 0 : 200)),
        [m, k],
      );
      const usual = checked(wasmBackend(undefined, fastest()), "compared with");
      for (const left of [a, bytes]) {
        const options = { sparse: true, byteScale: 1 / 255 };
        const expected = valuesOf(usual.matmul(left, b, usual.zeros([m, n], dtype), options));
        expect(valuesOf(blas().matmul(left, b, blas().zeros([m, n], dtype), options))).toEqual(expected);
        const out = blas().zeros([m, n], dtype);
        for (const [from, to] of [
          [0, 37],
          [37, 98],
          [98, m],
        ])
          blas().matmul(left.lo(from, 0).hi(to - from, k), b, out.lo(from, 0).hi(to - from, n), options);
        expect(valuesOf(out)).toEqual(expected);
      }
    },
  );

  test("a call in the kernels' memory makes nothing that is kept", () => {
    const kernels = blas();
    const [a, b, c] = [kernels.zeros([20, 30]), kernels.zeros([30, 40]), kernels.zeros([20, 40])];
    const call = () => void kernels.matmul(a, b, c);
    for (let i = 0; i < 2000; i++) call();
    const before = process.memoryUsage();
    for (let i = 0; i < 10_000; i++) call();
    const after = process.memoryUsage();
    expect(after.external - before.external).toBeLessThan(1e6);
    expect(after.rss - before.rss).toBeLessThan(40e6);
  });
});
