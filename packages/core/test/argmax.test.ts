// argmax against NumPy's `argmax(x, axis=-1)`: any number of axes and any strides, ties, and what it refuses.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { argmax, type Tensor, tensor } from "../src/index.ts";

const x = tensor([
  [
    [0.1, 0.9, 0.3],
    [5, 5, -1],
  ],
  [
    [-7, -8, -9],
    [0, -0, 0],
  ],
]);

describe("argmax along the last axis", () => {
  test.each<[string, Tensor, number[], number[]]>([
    ["of rows side by side; ties go to the first", x, [2, 2], [1, 0, 0, 0]],
    ["of a transposed array", x.transpose(2, 1, 0), [3, 2], [0, 0, 0, 0, 0, 1]],
    ["of rows and columns read backwards", x.step(1, -1, -1), [2, 2], [1, 1, 0, 2]],
    ["of every second column", x.step(1, 1, 2), [2, 2], [1, 0, 0, 0]],
    ["of a block inside a larger array", x.lo(0, 1, 1), [2, 1], [0, 0]],
    ["of one row: a number", x.pick(0, 0, null), [], [1]],
    ["of no rows", x.hi(0, -1, -1), [0, 2], []],
  ])("%s", (_, given, shape, best) => {
    const found = argmax(given);
    expect(found.shape).toEqual(shape);
    expect(Array.from(found.data)).toEqual(best);
  });

  test("of whole numbers, of infinities, and of a row that begins with NaN", () => {
    expect(argmax(ndarray(Int32Array.of(3, -4, 9, 9), [2, 2])).data).toEqual(Int32Array.of(0, 0));
    const odd = tensor([
      [-Infinity, -Infinity, -1e38],
      [NaN, 1, 2],
      [1, Infinity, NaN],
    ]);
    expect(argmax(odd).data).toEqual(Int32Array.of(2, 0, 1));
  });

  test("is refused where there is nothing to choose", () => {
    const nothing = /argmax: shape \(.*\) has no last axis with at least one element/;
    expect(() => argmax(x.hi(-1, -1, 0))).toThrow(nothing);
    expect(() => argmax(x.pick(0, 0, 0))).toThrow(nothing);
  });
});
