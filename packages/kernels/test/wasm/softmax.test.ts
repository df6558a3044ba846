// softmax and log softmax in SIMD against plain loops, bit for bit.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { logSoftmax } from "../../src/reference/log-softmax.ts";
import { softmax } from "../../src/reference/softmax.ts";
import type { Dtype, Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { firstDifference, LAYOUTS, numbers, tensor, twin } from "./material.ts";

const arena = Arena.create({ byteLength: 64 * 1024 * 1024 });
const backend = wasmBackend(arena);
const DTYPES: readonly Dtype[] = ["float32", "float64"];

function check(x: Tensor, out: Tensor, label: unknown) {
  for (const [fast, slow] of [
    [backend.softmax, softmax],
    [backend.logSoftmax, logSoftmax],
  ]) {
    const x0 = twin(x);
    const expected = twin(out);
    slow(x0, expected);
    fast(x, out);
    expect([firstDifference(out.data, expected.data), label]).toEqual([-1, label]);
    expect(firstDifference(x.data, x0.data)).toBe(-1);
  }
}

test("every row length around the registers, every layout, inside and outside the arena: the reference's bits", () => {
  const next = numbers(4);
  for (const dtype of DTYPES) {
    for (const columns of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 100, 1001]) {
      for (const layout of LAYOUTS) {
        const where = columns % 2 === 0 ? arena : undefined;
        const x = tensor(layout, 3, columns, dtype, () => 20 * next(), where);
        const out = tensor(
          LAYOUTS[columns % 5],
          3,
          columns,
          dtype,
          () => 0,
          columns % 3 === 0 ? undefined : arena,
        );
        check(x, out, { dtype, columns, layout });
      }
    }
  }
});

test("an output may be its input, and the rows of three axes are found", () => {
  const next = numbers(8);
  for (const dtype of DTYPES) {
    const x = tensor("rows", 6, 10, dtype, next, arena);
    const expected = twin(x);
    softmax(expected, expected);
    backend.softmax(x, x);
    expect(firstDifference(x.data, expected.data)).toBe(-1);
    for (const where of [arena, undefined]) {
      const flat = tensor("rows", 6, 20, dtype, next, where);
      const cube = ndarray(flat.data, [2, 3, 20], [60, 20, 1], flat.offset) as Tensor;
      check(cube, twin(cube), "cube");
      check(cube.transpose(2, 0, 1), twin(cube.transpose(2, 0, 1)), "transposed cube");
    }
  }
});

test("rows longer than the staging memory still come out right", () => {
  const next = numbers(2);
  const x = tensor("rows", 1, 140_000, "float32", next);
  check(x, twin(x), "long");
});

test("NaN, infinities and underflow in a row go through as in plain loops", () => {
  const rows = [
    [0, 1, 2, Number.NaN, 4],
    [Infinity, 0, 1, 2, 3],
    [-Infinity, 0, 1, 2, 3],
    [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
    [1000, 0, -1000, 0, -1e30],
    [0, -0, 0, -0, -0],
    [Infinity, Infinity, 0, 0, -Infinity],
    [0, -87.5, -95, -103, -104],
    [0, -700, -708.5, -720, -745.2],
    [3e38, -3e38, 0, 3e38, 1],
    [0, 0, 0, 0, Number.NaN],
  ];
  for (const dtype of DTYPES) {
    const values = rows.flat();
    let i = 0;
    const x = tensor("rows", rows.length, 5, dtype, () => values[i++], arena);
    check(x, twin(x), dtype);
    const y = tensor("rows", rows.length, 5, dtype, () => 0, arena);
    check(x, y, dtype);
    backend.softmax(x, y);
    const isNaNRow = rows.map((_, r) => Number.isNaN(y.get(r, 0)));
    expect(isNaNRow).toEqual([true, true, false, true, false, false, true, false, false, false, true]);
    expect([y.get(2, 0), y.get(4, 0), y.get(4, 4)]).toEqual([0, 1, 0]);
  }
});

test("rows around the border of subnormal results, with NaN and infinities anywhere, have the reference's bits", () => {
  const edges = [
    -86.99, -87, -87.0001, -87.4, -88, -103.9, -104.1, -707.9, -708, -708.3, -720, -745.2, -746, 0,
  ];
  const specials = [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -1e30, -3e38];
  for (const dtype of DTYPES) {
    for (const columns of [8, 9, 16, 17, 35]) {
      for (let turn = 0; turn < 12; turn++) {
        // The first element is the largest, so that the others are the arguments of exp as they stand.
        const x = tensor("rows", 1, columns, dtype, () => 0, arena);
        for (let j = 1; j < columns; j++) x.set(0, j, edges[(j * 5 + turn * 3) % edges.length]);
        if (turn > 4) x.set(0, 1 + ((turn * 7) % (columns - 1)), specials[turn % specials.length]);
        check(
          x,
          tensor("padded", 1, columns, dtype, () => 0, arena),
          { dtype, columns, turn },
        );
      }
    }
  }
});
