// The fused variant outside the products: an element's bits depend neither on where its row ends nor on where it lives.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import type { Dtype, Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { firstDifference, numbers, tensor, twin } from "./material.ts";

const DTYPES: readonly Dtype[] = ["float32", "float64"];
const arena = Arena.create({ byteLength: 16 * 1024 * 1024 });
const relaxed = wasmBackend(arena, "relaxed");
const strict = wasmBackend(arena, "strict");
const LENGTH = 67;

/** The same numbers in the arena, or outside it. */
function pair(dtype: Dtype, seed: number, where?: Arena): [Tensor, Tensor] {
  const next = numbers(seed);
  const [x, y] = [0, 1].map(() => tensor("rows", 1, LENGTH, dtype, next, where));
  return [x, y];
}

function part(t: Tensor, from: number, to: number): Tensor {
  return t.lo(0, from).hi(1, to - from);
}

test("a tail of axpy does what the body does: any cut of a vector gives the bits of the whole", () => {
  for (const dtype of DTYPES) {
    const [x, whole] = pair(dtype, 3, arena);
    const start = twin(whole);
    const unfused = twin(whole);
    relaxed.axpy(0.1, x, whole);
    strict.axpy(0.1, twin(x), unfused);
    expect(firstDifference(whole.data, unfused.data), "nothing was fused").toBeGreaterThan(-1);
    for (let step = 1; step <= 34; step++) {
      const [, y] = pair(dtype, 3, arena);
      expect(firstDifference(y.data, start.data)).toBe(-1);
      for (let from = 0; from < LENGTH; from += step) {
        const to = Math.min(LENGTH, from + step);
        relaxed.axpy(0.1, part(x, from, to), part(y, from, to));
      }
      expect([step, firstDifference(y.data, whole.data)]).toEqual([step, -1]);
    }
  }
});

test("axpy, sigmoid and cross-entropy have the same bits inside the arena and outside it", () => {
  for (const dtype of DTYPES) {
    const results = [arena, undefined].map((where) => {
      const empty = (columns: number) => tensor("rows", 1, columns, dtype, () => 0, where);
      const [x, y] = pair(dtype, 4, where);
      relaxed.axpy(0.1, x, y);
      const [s, hard, soft] = [empty(LENGTH), empty(LENGTH), empty(LENGTH)];
      const [hardLoss, softLoss] = [empty(1), empty(1)];
      relaxed.sigmoid(y, s);
      relaxed.softmaxCrossEntropy(y, ndarray(Int32Array.of(5)), hard, hardLoss.pick(null, 0));
      relaxed.softmaxCrossEntropy(x, s, soft, softLoss.pick(null, 0));
      return [y, s, hard, soft, hardLoss, softLoss];
    });
    results[0].forEach((inside, i) => {
      expect([i, firstDifference(inside.data, results[1][i].data)]).toEqual([i, -1]);
    });
  }
});
