// Every other operation in SIMD against plain loops: bit for bit, whatever the row length, with poison in the gaps.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import { referenceBackend } from "../../src/reference/index.ts";
import type { Dtype, IntegerTensor, Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { firstDifference, type Layout, numbers, tensor, twin } from "./material.ts";

const arena = Arena.create({ byteLength: 64 * 1024 * 1024 });
const wasm = wasmBackend(arena);
const reference = referenceBackend();
const DTYPES: readonly Dtype[] = ["float32", "float64"];
const COLUMNS = [0, 1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 17, 31, 33, 50];
const SPECIALS = [0, -0, Number.NaN, Infinity, -Infinity, 1e-40, -1e-40, 100, -100, 1000, -1000, -5e-324];

/** For each dtype, row length, layout of x and y, and place: fresh operands. */
function each(
  run: (make: (layout: Layout) => Tensor, label: string, rows: number, columns: number) => void,
): void {
  const next = numbers(12);
  let count = 0;
  const value = () => (count++ % 7 === 0 ? SPECIALS[count % SPECIALS.length] : 30 * next());
  for (const dtype of DTYPES) {
    for (const columns of COLUMNS) {
      for (const where of [arena, undefined]) {
        const make = (layout: Layout) => tensor(layout, 5, columns, dtype, value, where);
        run(make, `${dtype} 5x${columns} ${where ? "inside" : "outside"}`, 5, columns);
      }
    }
  }
}

function same(a: Tensor, b: Tensor, label: string): void {
  expect([firstDifference(a.data, b.data), label]).toEqual([-1, label]);
}

test("relu and sigmoid have the bits of plain loops, in place and into another array", () => {
  each((make, label) => {
    for (const op of ["relu", "sigmoid"] as const) {
      for (const layout of ["rows", "padded", "columns"] as const) {
        const [x, out] = [make(layout), make("rows")];
        const expected = twin(out);
        reference[op](x, expected);
        wasm[op](x, out);
        same(out, expected, `${op} ${layout} ${label}`);
        const inPlace = twin(x);
        reference[op](inPlace, inPlace);
        wasm[op](x, x);
        same(x, inPlace, `${op} in place ${layout} ${label}`);
      }
    }
  });
});

test("the backward forms have the bits of plain loops, also onto dout itself", () => {
  each((make, label) => {
    for (const op of ["reluBackward", "sigmoidBackward"] as const) {
      for (const layout of ["rows", "padded"] as const) {
        const [y, dout, out] = [make("rows"), make(layout), make(layout)];
        const expected = twin(out);
        reference[op](y, dout, expected);
        wasm[op](y, dout, out);
        same(out, expected, `${op} ${layout} ${label}`);
        wasm[op](y, dout, dout);
        expect(firstDifference(dout.data, expected.data), label).toBe(-1);
      }
    }
  });
});

test("bias, sum over the batch and axpy have the bits of plain loops", () => {
  each((make, label, _rows, columns) => {
    const bias = make("rows").pick(0, null) as Tensor;
    for (const layout of ["rows", "padded", "reversed"] as const) {
      const [x, out] = [make(layout), make("padded")];
      const expected = twin(out);
      reference.addBias(x, bias, expected);
      wasm.addBias(x, bias, out);
      same(out, expected, `addBias ${layout} ${label}`);

      const sums = make("rows");
      const row = ndarray(sums.data, [columns], [1], sums.offset) as Tensor;
      const expectedSums = twin(sums);
      reference.sumRows(x, ndarray(expectedSums.data, [columns], [1], sums.offset) as Tensor);
      wasm.sumRows(x, row);
      same(sums, expectedSums, `sumRows ${layout} ${label}`);

      const added = twin(out);
      reference.axpy(-0.1, x, added);
      wasm.axpy(-0.1, x, out);
      same(out, added, `axpy ${layout} ${label}`);
    }
  });
});

test.each(["float32", "float64"] as const)(
  "long rows of %s are summed a few at a time, with the same bits",
  (dtype) => {
    const next = numbers(11);
    // The first width has long rows in either type; of the rows there are none, too few, even and uneven groups.
    for (const columns of [259, 512]) {
      for (const rows of [0, 1, 7, 8, 9, 30]) {
        const x = tensor("padded", rows, columns, dtype, next);
        const out = tensor("rows", 1, columns, dtype, next).pick(0, null) as Tensor;
        const expected = twin(out);
        reference.sumRows(x, expected);
        wasm.sumRows(x, out);
        same(out, expected, `${rows}×${columns}`);
      }
    }
  },
);

test("a vector longer than a stage is added in pieces", () => {
  const next = numbers(5);
  const [x, y] = [1, 2].map(() => tensor("rows", 1, 300_001, "float32", next));
  const expected = twin(y);
  reference.axpy(0.3, x, expected);
  wasm.axpy(0.3, x, y);
  same(y, expected, "long axpy");
});

test("gathered rows have the bits of plain loops, from bytes and floats, inside and outside", () => {
  const next = numbers(6);
  for (const dtype of DTYPES) {
    for (const columns of [1, 3, 15, 16, 17, 32, 100]) {
      for (const where of [arena, undefined]) {
        const pixels = where?.allocate("uint8", [9 * columns]).data ?? new Uint8Array(9 * columns);
        for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 37) % 256;
        const images = ndarray(pixels, [9, columns]) as IntegerTensor<Uint8Array>;
        const order = ndarray(new Uint16Array([8, 0, 3, 3])) as IntegerTensor;
        for (const source of [images, images.step(-1, 1), tensor("padded", 9, columns, dtype, next, where)]) {
          const out = tensor("padded", 4, columns, dtype, () => 0, arena);
          const expected = twin(out);
          reference.gatherRows(source, order, expected, 1 / 255);
          wasm.gatherRows(source, order, out, 1 / 255);
          same(out, expected, `gather ${dtype} ${columns}`);
        }
      }
    }
  }
});
