// Operands that end with the memory: whoever reads or writes one byte past them is stopped by the engine.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import type { Dtype, FloatArray, Tensor } from "../../src/tensor.ts";
import { DTYPES } from "../conformance/values.ts";

/** Heights and widths around those of the tiles, and one from which a is packed. */
const HEIGHTS = [1, 2, 3, 4, 5, 6, 7, 9, 13];
const WIDTHS = [1, 2, 3, 4, 5, 7, 8, 9, 13, 17, 195];

type Layout = (rows: number, columns: number) => [stride: [number, number], elements: number];
const LAYOUTS: Readonly<Record<string, Layout>> = {
  "row-major": (rows, columns) => [[columns, 1], rows * columns],
  transposed: (rows, columns) => [[1, rows], rows * columns],
  "a block of a wider matrix": (rows, columns) => [[columns + 5, 1], (rows - 1) * (columns + 5) + columns],
  "every second column": (rows, columns) => [[2 * columns, 2], rows * 2 * columns - 1],
};

describe.each(["wasm", "wasm-relaxed"] as const)("on %s", (backend) => {
  describe.each(DTYPES)("in %s", (dtype: Dtype) => {
    const { memory } = Arena.create({ byteLength: 4 * 1024 * 1024 });
    const end = memory.buffer.byteLength;
    const kernels = createKernels({ backend, arena: new Arena(memory) });
    const Floats = dtype === "float32" ? Float32Array : Float64Array;

    function view(end: number, layout: string, rows: number, columns: number): Tensor {
      const [stride, elements] = LAYOUTS[layout](rows, columns);
      const from = end - elements * Floats.BYTES_PER_ELEMENT;
      const data: FloatArray = new Floats(memory.buffer as ArrayBuffer, from, elements);
      return ndarray(data.fill(1), [rows, columns], [...stride]);
    }
    const last = (layout: string, rows: number, columns: number) => view(end, layout, rows, columns);
    const elsewhere = (rows: number, columns: number) => view(end - 2 ** 20, "row-major", rows, columns);
    const other = (rows: number, columns: number) => view(end - 2 ** 19, "row-major", rows, columns);

    describe.each(Object.keys(LAYOUTS))("%s", (layout) => {
      test.each(["a", "b", "out"])("matmul stays inside %s", (which) => {
        for (const sparse of [false, true]) {
          for (const m of HEIGHTS) {
            for (const n of WIDTHS) {
              for (const k of [1, 5, 16, 19]) {
                const a = which === "a" ? last(layout, m, k) : elsewhere(m, k);
                const b = which === "b" ? last(layout, k, n) : other(k, n);
                const out = which === "out" ? last(layout, m, n) : view(end - 2 ** 18, "row-major", m, n);
                kernels.matmul(a, b, out, { sparse });
                // Ones times ones: every entry counts the steps of k.
                expect([out.get(0, 0), out.get(m - 1, n - 1)]).toEqual([k, k]);
              }
            }
          }
        }
      });

      test("matmul and gatherRows stay inside bytes", () => {
        const rows = ndarray(Int32Array.of(0));
        for (const [m, k] of [1, 2, 15, 16, 17, 33].flatMap((m) =>
          [1, 7, 8, 9, 16, 17, 31, 240].map((k) => [m, k]),
        )) {
          const [stride, elements] = LAYOUTS[layout](m, k);
          const data = new Uint8Array(memory.buffer as ArrayBuffer, end - elements, elements).fill(1);
          const a = ndarray(data, [m, k], [...stride]);
          const out = elsewhere(m, 5);
          kernels.matmul(a, other(k, 5), out, { sparse: true });
          expect([out.get(0, 0), out.get(m - 1, 4)]).toEqual([k, k]);
          rows.set(0, m - 1);
          const copy = ndarray(new Uint8Array(memory.buffer as ArrayBuffer, end - 2 ** 19, k), [1, k]);
          expect(kernels.gatherRows(a, rows, copy).data.every((byte) => byte === 1)).toBe(true);
          kernels.gatherRows(copy, ndarray(Int32Array.of(0)), a.lo(m - 1).hi(1));
        }
      });

      test.each(WIDTHS)("operations on rows of %i stay inside them", (n) => {
        const rows = 3;
        const numbers = ndarray(Int32Array.of(2, 0, 2));
        for (const call of [
          (x: Tensor, y: Tensor) => kernels.softmax(x, y),
          (x: Tensor, y: Tensor) => kernels.logSoftmax(x, y),
          (x: Tensor, y: Tensor) => kernels.softmaxCrossEntropy(x, y),
          (x: Tensor, y: Tensor) => kernels.relu(x, y),
          (x: Tensor, y: Tensor) => kernels.sigmoid(x, y),
          (x: Tensor, y: Tensor) => kernels.axpy(2, x, y),
          (x: Tensor, y: Tensor) => kernels.addBias(x, elsewhere(1, n).pick(0, null), y),
          (x: Tensor, y: Tensor) => kernels.sumRows(x, y.pick(0, null)),
          (x: Tensor, y: Tensor) => kernels.gatherRows(x, numbers, y),
          (x: Tensor) => kernels.allFinite(x),
        ]) {
          call(last(layout, rows, n), other(rows, n));
          call(other(rows, n), last(layout, rows, n));
        }
      });
    });
  });
});
