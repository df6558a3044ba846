// The fused variant: within the bound of its sums, exact where sums are, and of one mind however the work is cut.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { matmul as referenceMatmul } from "../../src/reference/matmul.ts";
import type { Dtype, Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { firstDifference, LAYOUTS, numbers, tensor, twin } from "./material.ts";

const DTYPES: readonly Dtype[] = ["float32", "float64"];
const arena = Arena.create({ byteLength: 64 * 1024 * 1024 });
const relaxed = wasmBackend(arena, "relaxed");

test("every entry of a product is within k·u·Σ|a·b| of the exact sum (u: half a unit in the last place)", () => {
  const [m, k, n] = [23, 300, 21];
  const next = numbers(31);
  const [a, b, c] = [
    [m, k],
    [k, n],
    [m, n],
  ].map(([rows, columns]) => tensor("rows", rows, columns, "float32", next, arena));
  relaxed.matmul(a, b, c, false);
  const bound = (k * 2 ** -24) / (1 - k * 2 ** -24);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      // Products of float32 are exact in float64, and its sums a billion times finer than the bound.
      let exact = 0;
      let magnitude = 0;
      for (let p = 0; p < k; p++) {
        exact += a.get(i, p) * b.get(p, j);
        magnitude += Math.abs(a.get(i, p) * b.get(p, j));
      }
      expect(Math.abs(c.get(i, j) - exact)).toBeLessThanOrEqual(bound * magnitude);
    }
  }
});

test("whole numbers are multiplied exactly, for all layouts and sizes around the tiles", () => {
  let turn = 0;
  for (const dtype of DTYPES) {
    for (const m of [0, 1, 2, 4, 5, 6, 7, 8, 11, 12, 13, 19, 50]) {
      for (const n of [1, 2, 3, 4, 5, 8, 9, 10, 12, 13, 17, 200]) {
        const k = [1, 3, 10, 25, 257][turn % 5];
        const layouts = [0, 1, 2].map((i) => LAYOUTS[(turn + i * (1 + (turn % 3))) % 5]);
        const next = numbers(turn + 1);
        const whole = () => Math.round(4 * next());
        const place = turn % 4 === 3 ? undefined : Arena.create({ byteLength: 8 * 1024 * 1024 });
        const backend = place === undefined ? relaxed : wasmBackend(place, "relaxed");
        const [a, b, c] = [
          tensor(layouts[0], m, k, dtype, whole, place),
          tensor(layouts[1], k, n, dtype, whole, place),
          tensor(layouts[2], m, n, dtype, whole, place),
        ];
        const expected = twin(c);
        referenceMatmul(a, b, expected, turn % 2 === 0);
        backend.matmul(a, b, c, turn % 2 === 0);
        expect([firstDifference(c.data, expected.data), turn]).toEqual([-1, turn]);
        turn++;
      }
    }
  }
});

test("cutting a product by rows, by columns or along k, and working outside the arena, changes no bit", () => {
  for (const dtype of DTYPES) {
    const next = numbers(3);
    const [m, k, n] = [37, 300, 50];
    const [a, b] = [tensor("rows", m, k, dtype, next, arena), tensor("rows", k, n, dtype, next, arena)];
    const whole = tensor("rows", m, n, dtype, () => 0, arena);
    relaxed.matmul(a, b, whole, false);
    const cut = tensor("rows", m, n, dtype, () => 0, arena);
    for (const [from, to] of [
      [0, 1],
      [1, 8],
      [8, 21],
      [21, 37],
    ]) {
      relaxed.matmul(a.lo(from, 0).hi(to - from, k), b, cut.lo(from, 0).hi(to - from, n), false);
    }
    expect(firstDifference(cut.data, whole.data)).toBe(-1);
    for (const [from, to] of [
      [0, 3],
      [3, 10],
      [10, 49],
      [49, 50],
    ]) {
      relaxed.matmul(a, b.lo(0, from).hi(k, to - from), cut.lo(0, from).hi(m, to - from), false);
    }
    expect(firstDifference(cut.data, whole.data)).toBe(-1);
    relaxed.matmul(a.hi(m, 77), b.hi(77, n), cut, false);
    relaxed.matmul(a.lo(0, 77), b.lo(77, 0), cut, true);
    expect(firstDifference(cut.data, whole.data)).toBe(-1);
    const outside = twin(cut);
    relaxed.matmul(twin(a), twin(b), outside, false);
    expect(firstDifference(outside.data, whole.data)).toBe(-1);
  }
});

test("a vector's last elements go through the same multiply-add as its first", () => {
  for (const dtype of DTYPES) {
    const next = numbers(8);
    const [x, y] = [1, 2].map(() => tensor("rows", 1, 64, dtype, next, arena).pick(0, null) as Tensor);
    const whole = twin(y);
    relaxed.axpy(0.1, x, whole);
    for (let length = 1; length < 9; length++) {
      const part = twin(y);
      relaxed.axpy(0.1, x.hi(length), part.hi(length));
      const place = arena.allocate(dtype, [length]) as Tensor;
      for (let i = 0; i < length; i++) place.set(i, y.get(i));
      relaxed.axpy(0.1, x.hi(length), place);
      for (let i = 0; i < length; i++)
        expect([part.get(i), place.get(i)]).toEqual([whole.get(i), whole.get(i)]);
    }
  }
});

test("softmax of a row does not depend on where the row lies", () => {
  const next = numbers(4);
  const x = tensor("rows", 5, 11, "float32", () => 9 * next(), arena);
  const [inside, outside] = [
    tensor("padded", 5, 11, "float32", () => 0, arena),
    tensor("rows", 5, 11, "float32", () => 0),
  ];
  relaxed.softmax(x, inside);
  relaxed.softmax(twin(x), outside);
  for (let i = 0; i < 5; i++) for (let j = 0; j < 11; j++) expect(inside.get(i, j)).toBe(outside.get(i, j));
});

test("the relaxed variant really fuses: a product that rounds to nothing keeps its low part", () => {
  // (1 + 2⁻¹³)·(1 − 2⁻¹³) − 1 is −2⁻²⁶, but 0 once the product is rounded to float32.
  const [a, b, c] = [[1 + 2 ** -13], [1 - 2 ** -13], [-1]].map((values) =>
    ndarray(new Float32Array(values), [1, 1]),
  );
  const strict = wasmBackend(Arena.create({ byteLength: 8 * 1024 * 1024 }));
  const rounded = twin(c);
  strict.matmul(a, b, rounded, true);
  relaxed.matmul(a, b, c, true);
  expect(rounded.get(0, 0)).toBe(0);
  expect([0, -(2 ** -26)]).toContain(c.get(0, 0)); // a machine without the instruction rounds twice, and may
  expect(relaxed.operations.matmul).toBe("wasm/relaxed-simd");
});
