// explainLayer: one layer with the numbers of the book, as plain data.
import { describe, expect, test } from "vitest";
import { Affine, explainLayer, Relu, Sigmoid } from "../src/index.ts";
import { f64, unchangedBy } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";

describe.each(backends)("%s kernels", (_, kernels) => {
  test("an Affine shows its product, what it kept and its three gradients, and writes to no input", () => {
    const [W, b, x, dout] = [
      f64([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      f64([0.5, 0.25, 0]),
      f64([
        [1, -0.5],
        [-2, 3],
      ]),
      f64([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ];
    const found = unchangedBy([W, b, x, dout], () => explainLayer(new Affine(W, b, { kernels }), x, dout));
    const matrix = (...values: number[][]) => ({ shape: [values.length, values[0].length], values });
    expect(found).toEqual({
      name: "Affine",
      kind: "Affine",
      forward: "y = x·W + b",
      backward: ["dx = dout·Wᵀ", "dW = xᵀ·dout", "db = Σ dout over the batch"],
      input: matrix([1, -0.5], [-2, 3]),
      kept: { x: matrix([1, -0.5], [-2, 3]) },
      parameters: { W: matrix([1, 2, 3], [4, 5, 6]), b: { shape: [3], values: [0.5, 0.25, 0] } },
      output: matrix([-0.5, -0.25, 0], [10.5, 11.25, 12]),
      dout: matrix([1, 2, 3], [4, 5, 6]),
      dx: matrix([14, 32], [32, 77]),
      gradients: { dW: matrix([-7, -8, -9], [11.5, 14, 16.5]), db: { shape: [3], values: [5, 7, 9] } },
    });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test("Relu keeps its mask and Sigmoid its result, in the shape of x", () => {
    const [x, ones] = [f64([1, -0.5, 0]), f64([1, 1, 1])];
    const relu = explainLayer(new Relu({ kernels }), x, ones);
    expect(relu.kept).toEqual({ mask: { shape: [3], values: [0, 1, 1] } });
    expect(relu.dx.values).toEqual([1, 0, 0]);
    const sigmoid = explainLayer(new Sigmoid({ kernels }), f64(0), f64(1));
    expect(sigmoid.kept).toEqual({ y: { shape: [], values: 0.5 } });
    expect(sigmoid.dx).toEqual({ shape: [], values: 0.25 });
  });
});
