// A product in pieces is one call for each stretch of rows, and the same product; outside of the work it is one call.
import { createKernels, type Kernels, type Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import { beforeEach, expect, test } from "vitest";
import { PiecedProducts } from "../../src/parallel/pieced-products.ts";

const PIECES = [
  { from: 0, to: 2 },
  { from: 2, to: 3 },
  { from: 3, to: 7 },
];

let whole: Kernels;
let products: PiecedProducts;
let calls: (readonly number[])[];

beforeEach(() => {
  const kernels = createKernels({ backend: "wasm" });
  calls = [];
  whole = {
    ...kernels,
    matmul: (a, b, out, options) => {
      calls.push([...a.shape, ...b.shape]);
      return kernels.matmul(a, b, out, options);
    },
  };
  products = new PiecedProducts(whole);
});

function matrix(rows: number, columns: number): Tensor {
  const values = Float32Array.from({ length: rows * columns }, (_, i) => ((i * 37) % 11) - 5);
  return ndarray(values, [rows, columns]);
}

test("each piece is a call, into its rows of the result, with the options of the whole", () => {
  const [a, b, bias] = [matrix(7, 5), matrix(5, 3), ndarray(Float32Array.of(1, 2, 3))];
  const [out, expected] = [matrix(7, 3), whole.matmul(a, b, undefined, { bias })];
  calls.length = 0;
  for (let step = 0; step < 2; step++) {
    out.data.fill(Number.NaN);
    products.inPieces(PIECES, () => expect(products.kernels.matmul(a, b, out, { bias })).toBe(out));
    expect(out.data).toEqual(expected.data);
  }
  const once = [
    [2, 5, 5, 3],
    [1, 5, 5, 3],
    [4, 5, 5, 3],
  ];
  expect(calls).toEqual([...once, ...once]);
});

test("before and after the work, also after one that failed, a product is one call", () => {
  const [a, b, out] = [matrix(7, 5), matrix(5, 3), matrix(7, 3)];
  products.kernels.matmul(a, b, out);
  const fails = (): void => {
    throw new Error("no");
  };
  expect(() => products.inPieces(PIECES, fails)).toThrow("no");
  products.kernels.matmul(a, b, out);
  expect(calls).toEqual([
    [7, 5, 5, 3],
    [7, 5, 5, 3],
  ]);
});
