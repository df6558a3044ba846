// Which products BLAS gets and in which words: every view that it can take is handed over in place, the others are not.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { COLUMN_MAJOR, type Gemm, AS_IT_IS as N, ROW_MAJOR, TRANSPOSED as T } from "../../src/blas/calls.ts";
import { matmul, type Native } from "../../src/blas/matmul.ts";
import { Arena } from "../../src/memory.ts";
import type { FloatArray, Tensor } from "../../src/tensor.ts";
import { backendIn } from "../../src/wasm/index.ts";
import { openWorkspace } from "../../src/wasm/workspace.ts";

const arena = Arena.create({ byteLength: 8 * 1024 * 1024 });
const work = openWorkspace(arena);
const wasm = backendIn(work, arena, "strict");
const START = 4096;

/** Hands a product to a BLAS that only takes down what it was told; undefined when it was not asked. */
function told(a: Tensor, b: Tensor, out: Tensor, accumulate = false, options = {}): unknown[] | undefined {
  const heard: unknown[][] = [];
  const byAddress: Gemm<number> = (...all) => void heard.push(["address", ...all]);
  const byArray: Gemm<FloatArray> = (...all) => void heard.push(["array", ...all]);
  const calls = { byAddress, byArray };
  const native: Native = {
    float32: calls,
    float64: calls,
    buffer: arena.memory.buffer,
    address: START,
    work,
  };
  matmul(native, wasm, a, b, out, accumulate, options);
  expect(heard.length).toBeLessThan(2);
  return heard[0];
}

/** order, transposes, sizes and distances of what was told. */
function shape(words: unknown[] | undefined): unknown[] | undefined {
  return words && [...words.slice(1, 7), words[9], words[11], words[14]];
}

const inside = (m: number, n: number): Tensor => arena.allocate("float32", [m, n]);
const outside = (m: number, n: number): Tensor => ndarray(new Float32Array(m * n), [m, n]);

describe.each([
  ["the kernels' memory", inside],
  ["JavaScript's memory", outside],
])("in %s BLAS takes in place", (_, make) => {
  test("whole matrices and transposed views", () => {
    const [a, at, b, bt] = [make(3, 5), make(5, 3), make(5, 4), make(4, 5)];
    const out = make(3, 4);
    expect(shape(told(a, b, out))).toEqual([ROW_MAJOR, N, N, 3, 4, 5, 5, 4, 4]);
    expect(shape(told(at.transpose(1, 0), b, out))).toEqual([ROW_MAJOR, T, N, 3, 4, 5, 3, 4, 4]);
    expect(shape(told(a, bt.transpose(1, 0), out))).toEqual([ROW_MAJOR, N, T, 3, 4, 5, 5, 5, 4]);
    expect(shape(told(at.transpose(1, 0), bt.transpose(1, 0), out))).toEqual([
      ...[ROW_MAJOR, T, T, 3, 4, 5, 3, 5, 4],
    ]);
  });

  test("a transposed result, by the order of the columns", () => {
    const [a, b, bt] = [make(3, 5), make(5, 4), make(4, 5)];
    const out = make(4, 3).transpose(1, 0);
    expect(shape(told(a, b, out))).toEqual([COLUMN_MAJOR, T, T, 3, 4, 5, 5, 4, 3]);
    expect(shape(told(a, bt.transpose(1, 0), out))).toEqual([COLUMN_MAJOR, T, N, 3, 4, 5, 5, 5, 3]);
  });

  test("slices of rows and blocks of columns, and single rows and columns with any distance", () => {
    const wide = make(9, 20);
    const [a, b] = [wide.lo(2, 1).hi(3, 5), make(9, 8).lo(1, 3).hi(5, 4)];
    const out = make(6, 7).lo(1, 2).hi(3, 4);
    expect(shape(told(a, b, out))).toEqual([ROW_MAJOR, N, N, 3, 4, 5, 20, 8, 7]);
    expect(shape(told(a.step(2, 1).hi(1, 5), b, out.step(-1, 1).hi(1, 4)))).toEqual([
      ...[ROW_MAJOR, N, N, 1, 4, 5, 5, 8, 4],
    ]);
    const column = wide.lo(0, 3).hi(5, 1);
    expect(shape(told(make(3, 5), column, make(3, 1)))).toEqual([ROW_MAJOR, N, N, 3, 1, 5, 5, 20, 1]);
  });

  test("and nothing with gaps between neighbours, reversed or repeated", () => {
    const b = make(5, 4);
    const repeated = ndarray(make(1, 5).data, [3, 5], [0, 1]);
    for (const a of [make(6, 10).step(2, 2), make(3, 5).step(-1, 1), make(3, 5).step(1, -1), repeated]) {
      expect(told(a, b, make(3, 4))).toBeUndefined();
      expect(told(b.transpose(1, 0), a.transpose(1, 0), make(4, 3))).toBeUndefined();
    }
    expect(told(make(3, 5), b, make(6, 8).step(2, 2))).toBeUndefined();
  });

  test("and no product without an element, which has no gemm's meaning of its own", () => {
    for (const [m, k, n] of [
      [0, 5, 4],
      [3, 0, 4],
      [3, 5, 0],
    ]) {
      expect(told(make(m, k), make(k, n), make(m, n))).toBeUndefined();
    }
  });
});

test("an operand in the kernels' memory is told by its address, offsets included; any other by its array", () => {
  const [a, b, out] = [inside(3, 5), inside(9, 4).lo(2, 0).hi(5, 4), inside(3, 4)];
  const words = told(a, b, out, true, { alpha: -2 });
  const at = (t: Tensor) => START + t.data.byteOffset + 4 * t.offset;
  expect(words).toEqual(["address", ROW_MAJOR, N, N, 3, 4, 5, -2, at(a), 5, at(b), 4, 1, at(out), 4]);

  const apart = outside(4, 5).lo(1, 0);
  const mixed = told(apart, b, out) ?? [];
  expect([mixed[0], mixed[12]]).toEqual(["array", 0]);
  const [left, right] = [mixed[8], mixed[10]] as Float32Array[];
  expect([left.buffer, left.byteOffset, left.length]).toEqual([apart.data.buffer, 20, 15]);
  expect([right.buffer, right.byteOffset]).toEqual([arena.memory.buffer, b.data.byteOffset + 32]);
});

test("a sparse product of any shape is WebAssembly's, which skips the zeros; BLAS gets the same ones as dense", () => {
  const sparse = { sparse: true };
  expect(told(inside(1, 5), inside(5, 4), inside(1, 4), false, sparse)).toBeUndefined();
  expect(told(inside(3, 1), inside(1, 4), inside(3, 4), true, { ...sparse, alpha: 2 })).toBeUndefined();
  for (const [m, k, n] of [
    [3, 5, 4],
    [64, 90, 50],
  ]) {
    for (const make of [inside, outside]) {
      const operands = [make(m, k), make(k, n), make(m, n)] as const;
      expect(told(...operands, false, sparse)).toBeUndefined();
      expect(told(...operands, false, { sparse: false })).toBeDefined();
    }
    const transposed = inside(k, m).transpose(1, 0);
    expect(told(transposed, inside(k, n), inside(m, n), true, { ...sparse, alpha: -1 })).toBeUndefined();
  }
  expect(told(inside(1, 5), inside(5, 4), inside(1, 4))).toBeDefined();
});
