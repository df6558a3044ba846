// Layout, windows and initial values: one vector, named views, values that depend on the seed alone.
import { createHash } from "node:crypto";
import ndarray from "ndarray";
import { expect, test } from "vitest";
import {
  initialValues,
  layout,
  type ParameterLayout,
  ShapeError,
  ValueError,
  type WeightInit,
  windows,
} from "../src/index.ts";

const book = layout({ W1: [784, 50], b1: [50], W2: [50, 10], b2: [10] });

test("windows start at multiples of 16 elements and follow one another in the order given", () => {
  expect(book).toEqual({
    length: 39_792,
    entries: {
      W1: { offset: 0, size: 39_200, shape: [784, 50] },
      b1: { offset: 39_200, size: 50, shape: [50] },
      W2: { offset: 39_264, size: 500, shape: [50, 10] },
      b2: { offset: 39_776, size: 10, shape: [10] },
    },
  });
  expect(layout({})).toEqual({ length: 0, entries: {} });
});

test("a window and the vector are the same memory, also on a view that starts elsewhere", () => {
  const memory = new Float32Array(book.length + 32);
  const vector = ndarray(memory, [memory.length]).lo(16).hi(book.length);
  const { W2, b2 } = windows(book, vector);
  W2.set(1, 2, 5);
  b2.set(9, 7);
  expect(memory[16 + 39_264 + 12]).toBe(5);
  expect(vector.get(39_785)).toBe(7);
  expect([W2.shape, b2.shape]).toEqual([[50, 10], [10]]);
});

test("a parameter may have any name, __proto__ too", () => {
  const odd = layout(Object.fromEntries([["__proto__", [2, 2]]]));
  const named = windows(odd, ndarray(new Float32Array(16), [16]));
  expect(Object.keys(named)).toEqual(["__proto__"]);
  expect(Object.entries(named)[0]?.[1].shape).toEqual([2, 2]);
});

test("shapes and vectors that cannot be are refused with the numbers", () => {
  expect(() => layout({ W: [2, -1] })).toThrow(ShapeError);
  expect(() => layout({ W: [2, 1.5] })).toThrow(/W has shape \(2, 1\.5\)/);
  expect(() => windows(book, ndarray(new Float32Array(10), [10]))).toThrow(/\(39792,\).*\(10,\)/);
  expect(() => windows(layout({ b: [16] }), ndarray(new Float32Array(32), [16], [2]))).toThrow(/contiguous/);
});

test("one seed gives one set of bits, recorded here; another seed others", () => {
  // The float32 hash also comes out of fixtures/initial-values.py; in float64 that program's log differs by an ulp.
  expect(sha256(filled(book, 0))).toBe("c2c942478b3ea8f84bc76090b94d8c314a5fe018f6018af9b5a5d99655498133");
  expect(
    sha256(initialValues(book, ndarray(new Float64Array(book.length), [book.length]), { seed: 0 }).data),
  ).toBe("e3758a54ad95be82f4f4a284d92a4206b004149b9bfbba37c98279d0c749f571");
  expect(sha256(filled(book, 1))).not.toBe(sha256(filled(book, 0)));
});

test("He and Xavier scale each weight by its own number of inputs; the float32 hashes are fixtures/initial-values.py's", () => {
  expect(sha256(filled(book, 0, "he"))).toBe(
    "63eeffdbf7552b673f2a9a18431bbbd6f40764b9bef64c1e900a8798fcb30a68",
  );
  expect(sha256(filled(book, 0, "xavier"))).toBe(
    "2f576de13792861722844ad2145ddc814888331aa0596e393c26ca6e22aa17ac",
  );
  expect(filled(book, 0, 0.01)).toEqual(filled(book, 0));
});

test("weights are 0.01·N(0, 1), biases and gaps 0, and float32 is float64 rounded", () => {
  const single = filled(book, 5);
  const double = new Float64Array(book.length);
  initialValues(book, ndarray(double, [book.length]), { seed: 5 });
  expect(single).toEqual(Float32Array.from(double));
  const W1 = double.slice(0, 39_200);
  const mean = W1.reduce((sum, w) => sum + w, 0) / W1.length;
  const deviation = Math.sqrt(W1.reduce((sum, w) => sum + w * w, 0) / W1.length);
  expect(Math.abs(mean)).toBeLessThan(2e-4); // 4 standard errors
  expect(Math.abs(deviation - 0.01)).toBeLessThan(1.5e-4);
  expect(double.slice(39_200, 39_264).every((value) => value === 0)).toBe(true);
  expect(double.slice(39_764).every((value) => value === 0)).toBe(true);
});

test("a parameter's values do not depend on what else is in the net", () => {
  const alone = windows(layout({ W2: [50, 10] }), ndarray(filled(layout({ W2: [50, 10] }), 9)));
  const among = windows(book, ndarray(filled(book, 9)));
  for (let i = 0; i < 50; i++) expect(alone.W2.get(i, 3)).toBe(among.W2.get(i, 3));
});

test("a standard deviation that cannot be is refused", () => {
  const vector = ndarray(new Float32Array(book.length), [book.length]);
  for (const weightInitStd of [-1, NaN, Infinity]) {
    expect(() => initialValues(book, vector, { seed: 0, weightInitStd })).toThrow(ValueError);
  }
});

function filled(shapes: ParameterLayout, seed: number, weightInit?: WeightInit): Float32Array {
  const data = new Float32Array(shapes.length);
  const rule = weightInit === undefined ? {} : { weightInit };
  initialValues(shapes, ndarray(data, [shapes.length]), { seed, ...rule });
  return data;
}

function sha256(data: ArrayBufferView): string {
  return createHash("sha256")
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest("hex");
}
