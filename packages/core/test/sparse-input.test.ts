// An Affine whose input is mostly zeros gives the bits of one that multiplies them; only the first layer of a net is one.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { Affine, MultiLayerNet, random, type Tensor } from "../src/index.ts";
import { copyOf } from "../src/tensors/copies.ts";
import { backends } from "./kernels-under-test.ts";

/** (rows, columns) of which a share is not 0. */
function sparseTensor(rows: number, columns: number, share: number, seed: number): Tensor {
  const stream = random({ seed, stream: "values" });
  const chosen = random({ seed, stream: "places" });
  const values = Float32Array.from({ length: rows * columns }, (_, i) => {
    return chosen.uniform(i) < share ? stream.normal(i) : 0;
  });
  return ndarray(values, [rows, columns]);
}

describe.each(backends)("%s", (_, kernels) => {
  describe.each([0, 0.2, 1])("with %d of the inputs not 0", (share) => {
    const x = sparseTensor(37, 50, share, 1);
    const W = sparseTensor(50, 21, 1, 2);
    const b = ndarray(Float32Array.from({ length: 21 }, (_, i) => i / 7 - 1));
    const dout = sparseTensor(37, 21, 1, 3);

    test("forward, dx, dW and db have the bits of the dense layer", () => {
      const [dense, sparse] = [false, true].map((sparseInput) => new Affine(W, b, { kernels, sparseInput }));
      if (dense === undefined || sparse === undefined) throw new Error("two layers");
      expect(sparse.forward(x).data).toEqual(dense.forward(x).data);
      expect(sparse.backward(dout).data).toEqual(dense.backward(dout).data);
      expect([sparse.dW.data, sparse.db.data]).toEqual([dense.dW.data, dense.db.data]);
    });

    test("a step down the gradient has the bits of the gradients and axpy", () => {
      const rate = 0.07;
      const [stepped, kept] = [0, 1].map(
        () => new Affine(copyOf(W), copyOf(b), { kernels, sparseInput: true }),
      );
      if (stepped === undefined || kept === undefined) throw new Error("two layers");
      stepped.descend(x, dout, rate);
      kernels.axpy(-rate, kept.weightGradient(x, dout), kept.W);
      kernels.axpy(-rate, kept.biasGradient(dout), kept.b);
      expect([stepped.W.data, stepped.b.data]).toEqual([kept.W.data, kept.b.data]);
      expect(stepped.b.data).not.toEqual(b.data);
    });

    test("a net with a sparse input has the gradient of one without", () => {
      const t = ndarray(Int32Array.from({ length: 37 }, (_, i) => i % 5));
      const sizes = {
        inputSize: 50,
        hiddenSizes: [20, 10],
        outputSize: 5,
        weightInit: "he",
        kernels,
      } as const;
      const [dense, sparse] = [false, true].map((sparseInput) =>
        new MultiLayerNet({ ...sizes, sparseInput }).gradient(x, t),
      );
      for (const name of ["W1", "b1", "W2", "b3"]) expect(sparse?.[name]?.data).toEqual(dense?.[name]?.data);
    });
  });

  test("forward adds the bias as addBias does, bit for bit", () => {
    const [x, W] = [sparseTensor(9, 17, 1, 4), sparseTensor(17, 6, 1, 5)];
    const b = ndarray(Float32Array.of(0.1, -0.2, 0.3, 1e-8, -1e8, 0));
    const expected = kernels.addBias(kernels.matmul(x, W), b);
    expect(new Affine(W, b, { kernels }).forward(x).data).toEqual(expected.data);
  });
});
