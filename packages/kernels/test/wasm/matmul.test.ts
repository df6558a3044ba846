// The packed GEMM against plain loops: every bit of the result, of its gaps and of the memory around it.
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { matmul as referenceMatmul } from "../../src/reference/matmul.ts";
import type { Dtype } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { firstDifference, LAYOUTS, type Layout, numbers, tensor, twin } from "./material.ts";

const DTYPES: readonly Dtype[] = ["float32", "float64"];
const MIB = 1024 * 1024;

function check(
  m: number,
  k: number,
  n: number,
  dtype: Dtype,
  layouts: readonly Layout[],
  where: boolean[],
  onto: boolean,
) {
  const arena = Arena.create({ byteLength: 4 * MIB + 64 * (m * k + k * n + m * n) });
  const backend = wasmBackend(arena);
  const next = numbers(m * 7919 + k * 104729 + n);
  const [a, b, c] = [
    tensor(layouts[0], m, k, dtype, next, where[0] ? arena : undefined),
    tensor(layouts[1], k, n, dtype, next, where[1] ? arena : undefined),
    tensor(layouts[2], m, n, dtype, next, where[2] ? arena : undefined),
  ];
  const [a0, b0, expected] = [twin(a), twin(b), twin(c)];
  referenceMatmul(a0, b0, expected, onto);
  backend.matmul(a, b, c, onto);
  const label = JSON.stringify({ m, k, n, dtype, layouts, where, onto });
  expect([firstDifference(c.data, expected.data), label]).toEqual([-1, label]);
  expect(firstDifference(a.data, a0.data)).toBe(-1);
  expect(firstDifference(b.data, b0.data)).toBe(-1);
}

const ROWS: readonly Layout[] = ["rows", "rows", "rows"];
const INSIDE = [true, true, true];

test("a product has the reference's bits for every size around the tile, in place", () => {
  const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 17, 25];
  let turn = 0;
  for (const m of sizes) {
    for (const n of sizes) {
      const k = sizes[turn % sizes.length];
      const dtype = DTYPES[turn % 2];
      const layouts = [0, 1, 2].map((i) => LAYOUTS[(turn + i * (1 + (turn % 3))) % LAYOUTS.length]);
      check(m, k, n, dtype, layouts, INSIDE, turn % 3 === 0);
      turn++;
    }
  }
});

test("all layouts of both operands and of the result give the reference's bits", () => {
  for (const dtype of DTYPES) {
    for (const la of LAYOUTS) {
      for (const lb of LAYOUTS)
        for (const lc of LAYOUTS) check(13, 11, 19, dtype, [la, lb, lc], INSIDE, lb === "rows");
    }
  }
});

test("a few rows have them by a transposed matrix, which is not packed, at every tail of rows, steps and columns", () => {
  for (const dtype of DTYPES) {
    for (const m of [1, 3]) {
      for (let k = 1; k <= 9; k++) {
        for (let n = 1; n <= 9; n++)
          check(m, k, n, dtype, ["rows", "columns", "rows"], INSIDE, (k + n) % 2 === 0);
      }
    }
  }
});

test("sizes beyond every block give the reference's bits", () => {
  for (const dtype of DTYPES) {
    check(9, 257, 21, dtype, ROWS, INSIDE, false);
    check(9, 1025, 21, dtype, ["columns", "rows", "rows"], INSIDE, true);
    check(133, 260, 197, dtype, ROWS, INSIDE, false);
    check(133, 260, 197, dtype, ["columns", "columns", "rows"], INSIDE, true);
    // A block of b holds 1092 panels of 30 steps, and 32,768 of one.
    check(5, 30, dtype === "float32" ? 8740 : 4372, dtype, ROWS, INSIDE, false);
    check(4, 1, dtype === "float32" ? 262_150 : 131_075, dtype, ROWS, INSIDE, true);
  }
});

test("a is packed right in rows and in columns for every number of rows and of steps around those copied at once", () => {
  // From 192 columns on a is packed; six and four rows are a tile's, eight steps are copied at a time.
  for (let m = 4; m <= 20; m++) {
    const dtype = DTYPES[m % 2];
    check(m, 6 + (m % 5), 192 + m, dtype, ["columns", "rows", "rows"], INSIDE, m % 3 === 0);
    check(m, 16 + (m % 3), 192 + m, dtype, ROWS, INSIDE, m % 3 === 1);
    check(m, 15 + (m % 3), 200, dtype, ["columns", "columns", "rows"], INSIDE, false);
  }
});

test("operands outside the arena are copied in and the result out, in any mixture and in pieces", () => {
  for (const dtype of DTYPES) {
    for (let mix = 0; mix < 7; mix++) {
      const where = [(mix & 1) !== 0, (mix & 2) !== 0, (mix & 4) !== 0];
      check(13, 11, 19, dtype, ["padded", "reversed", "every other"], where, mix % 2 === 0);
      check(3, 2100, 5, dtype, ROWS, where, mix % 2 === 1);
    }
    check(600, 300, 500, dtype, ROWS, [false, false, false], true);
    check(2, 3, 140_000, dtype, ROWS, [false, false, false], false);
    check(140_000, 2, 1, dtype, ROWS, [false, true, false], false);
  }
});

test("special values go through the sum as in plain loops", () => {
  const specials = [0, -0, Number.NaN, Infinity, -Infinity, 1e-45, 3e38, -3e38, 1, 5e-324];
  const arena = Arena.create({ byteLength: 8 * MIB });
  const backend = wasmBackend(arena);
  for (const dtype of DTYPES) {
    let i = 0;
    const a = tensor("rows", 10, 2, dtype, () => specials[i++ % 10], arena);
    const b = tensor("rows", 2, 10, dtype, () => specials[(i++ * 3) % 10], arena);
    const c = tensor("rows", 10, 10, dtype, () => 0, arena);
    const expected = twin(c);
    referenceMatmul(a, b, expected, false);
    backend.matmul(a, b, c, false);
    expect(firstDifference(c.data, expected.data)).toBe(-1);
  }
});

test("cutting a product by rows or by columns changes no bit", () => {
  const arena = Arena.create({ byteLength: 16 * MIB });
  const backend = wasmBackend(arena);
  const next = numbers(3);
  const a = tensor("rows", 37, 300, "float32", next, arena);
  const b = tensor("rows", 300, 50, "float32", next, arena);
  const whole = tensor("rows", 37, 50, "float32", next, arena);
  const cut = tensor("rows", 37, 50, "float32", next, arena);
  backend.matmul(a, b, whole, false);
  for (const [from, to] of [
    [0, 1],
    [1, 8],
    [8, 21],
    [21, 37],
  ]) {
    backend.matmul(a.lo(from, 0).hi(to - from, 300), b, cut.lo(from, 0).hi(to - from, 50), false);
  }
  expect(firstDifference(cut.data, whole.data)).toBe(-1);
  for (const [from, to] of [
    [0, 3],
    [3, 10],
    [10, 49],
    [49, 50],
  ]) {
    backend.matmul(a, b.lo(0, from).hi(300, to - from), cut.lo(0, from).hi(37, to - from), false);
  }
  expect(firstDifference(cut.data, whole.data)).toBe(-1);
});

test("ten thousand products of changing shapes leave the arena as it was", () => {
  const arena = Arena.create({ byteLength: 4 * MIB });
  const backend = wasmBackend(arena);
  const next = numbers(9);
  const before = arena.remaining;
  const tensors = Array.from({ length: 12 }, (_, i) => tensor("rows", i + 1, i + 1, "float32", next));
  for (let i = 0; i < 10_000; i++) {
    const n = i % 12;
    backend.matmul(
      tensors[n],
      tensors[n],
      tensor("rows", n + 1, n + 1, "float32", () => 0),
      false,
    );
    backend.softmax(
      tensors[n],
      tensor("rows", n + 1, n + 1, "float32", () => 0),
    );
  }
  expect(arena.remaining).toBe(before);
  expect(arena.memory.buffer.byteLength).toBe(4 * MIB);
});
