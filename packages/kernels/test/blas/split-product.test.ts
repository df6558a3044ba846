// A product of bytes that is split between a BLAS and our own kernels, with a BLAS of plain loops: every number is right, and
// the right columns go to it. The numbers are whole and small enough that every order of adding gives the same bits.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Backend } from "../../src/backend.ts";
import { AS_IT_IS, type Gemm, ROW_MAJOR, TRANSPOSED } from "../../src/blas/calls.ts";
import { type Library, splitProduct } from "../../src/blas/split-product.ts";
import { Arena } from "../../src/memory.ts";
import type { ProductOptions } from "../../src/reference/matmul.ts";
import type { ByteTensor, Dtype, FloatArray, Tensor } from "../../src/tensor.ts";
import { backendIn } from "../../src/wasm/index.ts";
import { openWorkspace } from "../../src/wasm/workspace.ts";
import { expectGuards, poisonedOut } from "../conformance/layouts.ts";
import { rightGemm } from "./fake-library.ts";

/** As if the kernels' memory began there in the process. */
const MEMORY = 2 ** 33;
const DTYPES = ["float32", "float64"] as const;
/** How results lie. */
const AROUND = "block of a wider matrix";

interface Told {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function both(dtype: Dtype): { arena: Arena; library: Library; wasm: Backend; told: Told[] } {
  const arena = Arena.create({ byteLength: 64 * 2 ** 20 });
  const work = openWorkspace(arena);
  const { buffer } = arena.memory;
  const at = (address: number): FloatArray => {
    const byte = address - MEMORY;
    return dtype === "float32" ? new Float32Array(buffer, byte) : new Float64Array(buffer, byte);
  };
  const told: Told[] = [];
  const byAddress: Gemm<number> = (order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
    expect([order, tb, alpha]).toEqual([ROW_MAJOR, AS_IT_IS, 1]);
    expect([AS_IT_IS, TRANSPOSED]).toContain(ta);
    told.push({ m, n, k });
    rightGemm(order, ta, tb, m, n, k, alpha, at(a), lda, at(b), ldb, beta, at(c), ldc);
  };
  const gemm = { byAddress, byArray: () => expect.fail("everything lies in the arena") };
  const library = { float32: gemm, float64: gemm, address: MEMORY, work };
  return { arena, library, wasm: backendIn(work, arena, "strict"), told };
}

/** Whole numbers from 0 to 5; in every third column most or six are not 0, in the others one, of 16. */
function pixels(rows: number, columns: number): Uint8Array {
  return Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const number = (row * 7 + column * 5) % 16;
    if (column % 6 === 0) return number % 4;
    if (column % 6 === 3) return Math.max(0, number - 10);
    return number === 3 ? 2 : 0;
  });
}

const isDense = (column: number): boolean => column % 3 === 0;

function wholeNumbers(length: number, step: number): number[] {
  return Array.from({ length }, (_, i) => ((i * step) % 11) - 5);
}

/** The tables that our own products read, a tile behind the memory that is free between two of them. */
function tablesOf({ work }: Library): Uint8Array {
  const from = work.packing + work.blockBytes + 1024;
  return work.bytes.slice(from, from + 256 + 4096);
}

/** x as bytes in the arena, each row `apart` bytes longer than it has columns, filled with what must not be read. */
function bytesIn(arena: Arena, x: Uint8Array, rows: number, columns: number, apart: number): ByteTensor {
  const whole = arena.allocate("uint8", [rows, columns + apart]);
  whole.data.fill(255);
  for (let i = 0; i < rows; i++) {
    whole.data.set(x.subarray(i * columns, (i + 1) * columns), i * (columns + apart) + Math.min(apart, 3));
  }
  return whole.lo(0, Math.min(apart, 3)).hi(rows, columns);
}

function floatsIn(
  arena: Arena,
  dtype: Dtype,
  values: readonly number[],
  rows: number,
  columns: number,
): Tensor {
  const t = arena.allocate(dtype, [rows, columns]) as Tensor;
  t.data.set(values);
  return t;
}

describe.each(DTYPES)("in %s", (dtype) => {
  test.each([
    { rows: 130, columns: 100, n: 256, apart: 0, inBlocks: false },
    { rows: 301, columns: 117, n: 260, apart: 5, inBlocks: false },
    // More rows, or more columns of the result, than their scratch memory holds at once.
    dtype === "float64"
      ? { rows: 1700, columns: 900, n: 257, apart: 1, inBlocks: true }
      : { rows: 128, columns: 3000, n: 600, apart: 0, inBlocks: true },
  ])("x·W of $rows × $columns × $n, with bias and relu, and added to what is there", (given) => {
    const { rows, columns, n, apart, inBlocks } = given;
    const { arena, library, wasm, told } = both(dtype);
    const tables = tablesOf(library);
    const x = pixels(rows, columns);
    const a = bytesIn(arena, x, rows, columns, apart);
    const [w, bias] = [wholeNumbers(columns * n, 7), wholeNumbers(n, 3)];
    const b = floatsIn(arena, dtype, w, columns, n);
    for (const accumulate of [false, true]) {
      const before = wholeNumbers(rows * n, 2);
      const out = poisonedOut(AROUND, rows, n, dtype, (length) => arena.allocate(dtype, [length]).data);
      if (accumulate) for (let i = 0; i < rows * n; i++) out.set(Math.floor(i / n), i % n, before[i]);
      const options: ProductOptions = accumulate
        ? { sparse: true, byteScale: 2 }
        : { sparse: true, byteScale: 2, bias: floatsIn(arena, dtype, bias, 1, n).pick(0, null), relu: true };
      expect(splitProduct(library, wasm, a, b, out, accumulate, options)).toBe(true);
      const wrong: string[] = [];
      for (let i = 0; i < rows; i += rows * columns * n > 5e6 ? 11 : 1) {
        const sums = accumulate ? before.slice(i * n, (i + 1) * n) : bias.slice();
        for (let p = 0; p < columns; p++) {
          const pixel = 2 * x[i * columns + p];
          for (let j = 0; j < n; j++) sums[j] += pixel * w[p * n + j];
        }
        for (let j = 0; j < n; j++) {
          if (out.get(i, j) !== (accumulate ? sums[j] : Math.max(0, sums[j]))) wrong.push(`${i}, ${j}`);
        }
      }
      expect(wrong).toEqual([]);
      expectGuards(out, AROUND);
    }
    const dense = Array.from({ length: columns }, (_, j) => j).filter(isDense).length;
    expect(new Set(told.map(({ k }) => k))).toEqual(new Set([dense]));
    expect(told.reduce((sum, { m, n: width }) => sum + m * width, 0)).toBe(2 * rows * n);
    expect(told.length > 2).toBe(inBlocks);
    expect(tablesOf(library)).toEqual(tables);
  });

  test.each([
    { rows: 128, columns: 100, from: 0, to: 100, n: 256, inBlocks: false },
    { rows: 300, columns: 200, from: 37, to: 150, n: 259, inBlocks: false },
    dtype === "float32"
      ? { rows: 5000, columns: 784, from: 392, to: 784, n: 256, inBlocks: true }
      : { rows: 128, columns: 2400, from: 0, to: 2400, n: 300, inBlocks: true },
  ])(
    "xᵀ·dout of columns $from to $to of $rows × $columns, times $n",
    ({ rows, columns, from, to, n, inBlocks }) => {
      const { arena, library, wasm, told } = both(dtype);
      const tables = tablesOf(library);
      const x = pixels(rows, columns);
      const a = bytesIn(arena, x, rows, columns, 0)
        .lo(0, from)
        .hi(rows, to - from)
        .transpose(1, 0);
      const d = wholeNumbers(rows * n, 3);
      const out = poisonedOut(AROUND, to - from, n, dtype, (length) => arena.allocate(dtype, [length]).data);
      const dout = floatsIn(arena, dtype, d, rows, n);
      expect(splitProduct(library, wasm, a, dout, out, false, { sparse: true, byteScale: 2 })).toBe(true);
      const wrong: string[] = [];
      for (let i = 0; i < to - from; i += 3 + ((i * 7) % 2)) {
        for (let j = 0; j < n; j += 5) {
          let sum = 0;
          for (let p = 0; p < rows; p++) sum += 2 * x[p * columns + from + i] * d[p * n + j];
          if (out.get(i, j) !== sum) wrong.push(`${i}, ${j}`);
        }
      }
      expect(wrong).toEqual([]);
      expectGuards(out, AROUND);
      const dense = Array.from({ length: to - from }, (_, j) => from + j).filter(isDense).length;
      expect(new Set(told.map(({ m }) => m))).toEqual(new Set([dense]));
      expect(told.reduce((sum, { k, n: width }) => sum + k * width, 0)).toBe(rows * n);
      expect(told.length > 1).toBe(inBlocks);
      expect(tablesOf(library)).toEqual(tables);
    },
  );
});

describe("a product is left to our own kernels alone, untouched,", () => {
  const ROWS = 128;
  const COLUMNS = 120;
  const N = 256;
  const { arena, library, wasm, told } = both("float32");
  const x = (rows = ROWS, columns = COLUMNS, apart = 0): ByteTensor =>
    bytesIn(arena, pixels(rows, columns), rows, columns, apart);
  const floats = (rows: number, columns: number): Tensor =>
    floatsIn(arena, "float32", new Array(rows * columns).fill(1), rows, columns);
  const sparse: ProductOptions = { sparse: true };
  const left = (a: ByteTensor, b: Tensor, out: Tensor, accumulate = false, options = sparse): void => {
    const before = out.data.slice();
    expect(splitProduct(library, wasm, a, b, out, accumulate, options)).toBe(false);
    expect(out.data).toEqual(before);
    expect(told).toEqual([]);
  };

  test("where it is small", () => {
    left(x(), floats(COLUMNS, N - 1), floats(ROWS, N - 1));
    left(x(ROWS - 1), floats(COLUMNS, N), floats(ROWS - 1, N));
    left(x(ROWS, 63), floats(63, N), floats(ROWS, N));
    left(x(ROWS, 95).hi(ROWS, 93), floats(93, N), floats(ROWS, N)); // 31 dense columns
  });

  test("where most columns are dense, or hardly any more than the others", () => {
    const anywhere = (part: number): ByteTensor => {
      const bytes = Uint8Array.from({ length: ROWS * COLUMNS }, (_, i) =>
        (Math.imul(i + 1, 2654435761) >>> 8) % 100 < part ? 9 : 0,
      );
      return bytesIn(arena, bytes, ROWS, COLUMNS, 0);
    };
    for (const part of [5, 20, 22, 50, 100]) left(anywhere(part), floats(COLUMNS, N), floats(ROWS, N));
    // A quarter of the nonzeros in two fifths of the columns, and none in the others.
    const hardly = Uint8Array.from({ length: ROWS * COLUMNS }, (_, i) =>
      (i % COLUMNS) % 5 < 2 && Math.floor(i / COLUMNS) % 4 === 0 ? 1 : 0,
    );
    left(bytesIn(arena, hardly, ROWS, COLUMNS, 0), floats(COLUMNS, N), floats(ROWS, N));
  });

  test("where the rows of so many dense columns would not fit", () => {
    left(x(ROWS, 5001), floats(5001, N), floats(ROWS, N));
  });

  test("where it is asked for more than a step of training asks", () => {
    const [b, out] = [floats(COLUMNS, N), floats(ROWS, N)];
    left(x(), b, out, true, { ...sparse, alpha: 2 });
    const [dout, dW] = [floats(ROWS, N), floats(COLUMNS, N)];
    left(x().transpose(1, 0), dout, dW, true);
    left(x().transpose(1, 0), dout, dW, false, { ...sparse, relu: true });
    left(x().transpose(1, 0), dout, dW, false, { ...sparse, bias: floats(1, N).pick(0, null) });
  });

  test("where an operand has gaps, or lies elsewhere", () => {
    const [a, b, out] = [x(), floats(COLUMNS, N), floats(ROWS, N)];
    left(x(ROWS, 2 * COLUMNS).step(1, 2), b, out);
    left(a, floats(N, COLUMNS).transpose(1, 0), out);
    left(a, b, floats(N, ROWS).transpose(1, 0));
    left(a.step(-1, 1), b, out);
    left(ndarray(a.data.slice(), [ROWS, COLUMNS]) as ByteTensor, b, out);
    left(a, ndarray(b.data.slice(), [COLUMNS, N]) as Tensor, out);
    left(a, b, ndarray(out.data.slice(), [ROWS, N]) as Tensor);
  });

  test("and is split where nothing of all this is so", () => {
    expect(splitProduct(library, wasm, x(), floats(COLUMNS, N), floats(ROWS, N), false, sparse)).toBe(true);
    expect(told).toHaveLength(1);
  });
});
