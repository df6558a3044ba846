// softmax with cross-entropy in SIMD against plain loops: bit for bit, for every kind of target.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { referenceBackend } from "../../src/reference/index.ts";
import type { Dtype, IntegerTensor, Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { firstDifference, numbers, tensor, twin } from "./material.ts";

const arena = Arena.create({ byteLength: 32 * 1024 * 1024 });
const wasm = wasmBackend(arena);
const reference = referenceBackend();
const ROWS = 4;

/** Every kind of target for ROWS rows of `columns` classes. */
function targets(columns: number, dtype: Dtype, where: Arena | undefined): (Tensor | IntegerTensor)[] {
  const labels = Array.from({ length: ROWS }, (_, i) => (i * 5) % columns);
  const inArena = arena.allocate("int32", [ROWS]);
  inArena.data.set(labels);
  let i = 0;
  const next = numbers(columns + 1);
  const oneHot = tensor(
    "rows",
    ROWS,
    columns,
    dtype,
    () => (labels[Math.floor(i / columns)] === i++ % columns ? 1 : 0),
    where,
  );
  const soft = tensor("padded", ROWS, columns, dtype, () => Math.abs(next()), where);
  const spread = ndarray(
    new Uint8Array(labels.flatMap((label) => [label, 255])),
    [ROWS],
    [2],
  ) as IntegerTensor;
  return [inArena, spread, ndarray(new Int16Array(labels)) as IntegerTensor, oneHot, soft];
}

test("losses, probabilities and gradients have the bits of plain loops", () => {
  for (const dtype of ["float32", "float64"] as const) {
    for (const columns of [1, 2, 3, 4, 5, 7, 8, 10, 11, 33]) {
      for (const where of [arena, undefined]) {
        const next = numbers(columns);
        const specials = [Number.NaN, Infinity, -Infinity];
        let count = 0;
        const x = tensor(
          "padded",
          ROWS,
          columns,
          dtype,
          () => (++count % 23 === 0 ? specials[count % 3] : 9 * next()),
          where,
        );
        for (const t of targets(columns, dtype, where)) {
          const y = tensor("rows", ROWS, columns, dtype, () => 0, where);
          const losses = tensor("every other", ROWS, 1, dtype, () => 0, where);
          const [y0, losses0] = [twin(y), twin(losses)];
          const label = `${dtype} ${columns} ${t.dtype} ${t.shape.length}`;
          reference.softmaxCrossEntropy(x, t, y0, losses0.pick(null, 0));
          wasm.softmaxCrossEntropy(x, t, y, losses.pick(null, 0));
          expect([firstDifference(y.data, y0.data), label]).toEqual([-1, label]);
          expect([firstDifference(losses.data, losses0.data), label]).toEqual([-1, label]);

          const dx = tensor("padded", ROWS, columns, dtype, () => 0, where);
          const dx0 = twin(dx);
          reference.softmaxCrossEntropyBackward(y0, t, 1 / ROWS, dx0);
          wasm.softmaxCrossEntropyBackward(y, t, 1 / ROWS, dx);
          expect([firstDifference(dx.data, dx0.data), label]).toEqual([-1, label]);
          wasm.softmaxCrossEntropyBackward(y, t, 1 / ROWS, y);
          for (let i = 0; i < ROWS; i++) {
            for (let j = 0; j < columns; j++) expect(y.get(i, j), label).toBe(dx.get(i, j));
          }
        }
      }
    }
  }
});

test("a one-hot row has the very loss of its class number", () => {
  const x = tensor("rows", ROWS, 10, "float32", numbers(2), arena);
  const y = tensor("rows", ROWS, 10, "float32", () => 0, arena);
  const [labels, , , oneHot] = targets(10, "float32", arena);
  const [a, b] = [labels, oneHot].map((t) => {
    const losses = arena.allocate("float32", [ROWS]);
    wasm.softmaxCrossEntropy(x, t, y, losses);
    return [...losses.data];
  });
  expect(a).toEqual(b);
});
