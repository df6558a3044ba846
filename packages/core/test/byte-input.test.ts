// Bytes as the input of Affine and of a net: every result has the bits of the floats that they stand for.
import type { ByteTensor, Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import {
  Affine,
  DtypeError,
  forward,
  MultiLayerNet,
  Relu,
  random,
  ShapeError,
  TwoLayerNet,
} from "../src/index.ts";
import { copyOf } from "../src/tensors/copies.ts";
import { backends } from "./kernels-under-test.ts";

const byteScale = 1 / 255;
const [N, D, M] = [37, 50, 21];

function normal(shape: number[], seed: number): Tensor {
  const stream = random({ seed, stream: "values" });
  const size = shape.reduce((all, n) => all * n, 1);
  return ndarray(
    Float32Array.from({ length: size }, (_, i) => stream.normal(i)),
    shape,
  );
}

const stream = random({ seed: 1, stream: "pixels" });
const pixels: ByteTensor = ndarray(
  Uint8Array.from({ length: N * D }, (_, i) => Math.max(0, 600 * stream.uniform(i) - 345)),
  [N, D],
);
const floats: Tensor = ndarray(
  Float32Array.from(pixels.data, (byte) => byte * Math.fround(byteScale)),
  [N, D],
);

describe.each(backends)("%s", (_, kernels) => {
  describe.each([true, false])("with sparseInput %s", (sparseInput) => {
    const [W, b, dout] = [normal([D, M], 2), normal([M], 3), normal([N, M], 4)];
    const options = { kernels, sparseInput, byteScale };

    test("Affine's forward, dx, dW and db have the bits that floats give", () => {
      const [ofBytes, ofFloats] = [new Affine(W, b, options), new Affine(W, b, options)];
      expect(ofBytes.forward(pixels).data).toEqual(ofFloats.forward(floats).data);
      expect(ofBytes.forwardThen(new Relu({ kernels }), pixels).data).toEqual(
        ofFloats.forwardThen(new Relu({ kernels }), floats).data,
      );
      const [dx, expected] = [ofBytes.backward(dout), ofFloats.backward(dout)];
      expect([dx.shape, dx.data]).toEqual([expected.shape, expected.data]);
      expect([ofBytes.dW.data, ofBytes.db.data]).toEqual([ofFloats.dW.data, ofFloats.db.data]);
      const rows = { from: 3, to: 40 };
      expect(ofBytes.weightGradient(pixels, dout, rows).data).toEqual(
        ofFloats.weightGradient(floats, dout, rows).data,
      );
      expect(ofBytes.x).toBe(pixels);
    });

    test("a step down the gradient has them too, for one row and for many", () => {
      for (const rows of [1, N]) {
        const [ofBytes, ofFloats] = [0, 1].map(() => new Affine(copyOf(W), copyOf(b), options));
        ofBytes?.descend(pixels.hi(rows), dout.hi(rows), 0.1);
        ofFloats?.descend(floats.hi(rows), dout.hi(rows), 0.1);
        expect([ofBytes?.W.data, ofBytes?.b.data]).toEqual([ofFloats?.W.data, ofFloats?.b.data]);
        expect(ofBytes?.W.data).not.toEqual(W.data);
      }
    });

    test("a net's scores, loss, accuracy and gradient have them", () => {
      const t = ndarray(Int32Array.from({ length: N }, (_v, i) => i % 5));
      const net = new MultiLayerNet({
        ...options,
        inputSize: D,
        hiddenSizes: [20],
        outputSize: 5,
        weightInit: "he",
      });
      expect(net.predict(pixels).data).toEqual(net.predict(floats).data);
      expect([net.loss(pixels, t), net.accuracy(pixels, t)]).toEqual([
        net.loss(floats, t),
        net.accuracy(floats, t),
      ]);
      const [ofBytes, ofFloats] = [net.gradient(pixels, t), net.gradient(floats, t)];
      for (const name of ["W1", "b1", "W2", "b2"]) expect(ofBytes[name]?.data).toEqual(ofFloats[name]?.data);
    });
  });
});

describe("who takes no bytes says so:", () => {
  const [W, b] = [normal([D, M], 2), normal([M], 3)];

  test("an Affine that does not know what one is worth", () => {
    expect(() => new Affine(W, b).forward(pixels)).toThrow(DtypeError);
    expect(() => new Affine(W, b).forward(pixels)).toThrow(/option byteScale, such as 1\/255 for pixels/);
    expect(() => new Affine(W, b).weightGradient(pixels, normal([N, M], 4))).toThrow(DtypeError);
  });

  test("a net that does not", () => {
    expect(() => new TwoLayerNet(D, 3, 2).predict(pixels as unknown as Tensor)).toThrow(
      /x holds uint8 elements, and float32 or float64 is needed/,
    );
  });

  test("an Affine that is given them in another shape than (N, D)", () => {
    const images = ndarray(pixels.data, [N, 5, 10]);
    expect(() => new Affine(W, b, { byteScale }).forward(images)).toThrow(ShapeError);
    expect(() => new Affine(W, b, { byteScale }).forward(images)).toThrow(
      /needs the shape \(N, D\), and it is/,
    );
    expect(() => new Affine(W, b, { byteScale }).forward(pixels.hi(N, 49))).toThrow(
      /has 49 values per sample/,
    );
  });

  test("another first layer", () => {
    expect(() => forward([new Relu()], pixels)).toThrow(/only an Affine takes, with the option byteScale/);
  });
});
