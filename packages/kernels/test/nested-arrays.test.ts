// Nested arrays to tensors and back.
import fc from "fast-check";
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { dtypeOf, tensor, toNestedArray } from "../src/index.ts";

test("a tensor is row-major, as deep as the nesting, and float32 unless asked", () => {
  const t = tensor([
    [1, 2, 3],
    [4, 5, 6.1],
  ]);
  expect([t.shape, t.stride, dtypeOf(t)]).toEqual([[2, 3], [3, 1], "float32"]);
  expect([...t.data]).toEqual([1, 2, 3, 4, 5, Math.fround(6.1)]);
  expect([...tensor([6.1], "float64").data]).toEqual([6.1]);
});

test("a number is a 0-d tensor, and empty arrays are sizes of 0", () => {
  expect(tensor(5).shape).toEqual([]);
  expect(tensor(5).get()).toBe(5);
  expect(tensor([]).shape).toEqual([0]);
  expect(tensor([[], []]).shape).toEqual([2, 0]);
});

test("views come back as they look, not as they lie in memory", () => {
  const t = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(toNestedArray(t.transpose(1, 0))).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  expect(toNestedArray(t.step(-1, 2))).toEqual([
    [4, 6],
    [1, 3],
  ]);
  expect(toNestedArray(t.lo(1, 1))).toEqual([[5, 6]]);
  expect(toNestedArray(ndarray(Uint8Array.of(7, 8)))).toEqual([7, 8]);
});

test("there and back changes nothing", () => {
  const number = fc.double();
  const shapes = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 }));
  const matrices = shapes.chain(([m, n]) => {
    const row = fc.array(number, { minLength: n, maxLength: n });
    return fc.array(row, { minLength: m, maxLength: m });
  });
  fc.assert(
    fc.property(matrices, (matrix) => {
      expect(toNestedArray(tensor(matrix, "float64"))).toEqual(matrix);
    }),
    { seed: 5, numRuns: 100 },
  );
});
