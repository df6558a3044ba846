// Label rules: rank and dtype decide what t is, never its size; what cannot be is an error with place and cure.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import {
  crossEntropyError,
  DtypeError,
  type Labels,
  ShapeError,
  SoftmaxWithLoss,
  tensor,
  ValueError,
} from "../src/index.ts";
import { f64, ints, waves } from "./arrays.ts";

const x = waves([3, 4]);

test.each<[title: string, t: Labels, error: new () => Error, message: RegExp]>([
  ["class −1", ints(0, -1, 2), ValueError, /t\[1\] is -1.*0 to 3/],
  ["class C", ints(0, 1, 4), ValueError, /t\[2\] is 4.*0 to 3.*Count classes from 0/],
  [
    "shape (N,1)",
    ndarray(Int32Array.of(0, 1, 2), [3, 1]),
    ShapeError,
    /\(3, 1\).*\(3, 4\).*t\.pick\(null, 0\)/,
  ],
  [
    "a NaN",
    f64([
      [1, 0, 0, 0],
      [0, NaN, 0, 0],
      [0, 0, 1, 0],
    ]),
    ValueError,
    /t\[1, 1\] is NaN/,
  ],
  [
    "a negative share",
    f64([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 2, -1],
    ]),
    ValueError,
    /t\[2, 3\] is -1/,
  ],
  [
    "shares that sum to 2",
    f64([
      [1, 0, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 1, 0],
    ]),
    ValueError,
    /sample \[1\] sum to 2/,
  ],
  ["class numbers as floats", tensor([0, 1, 2]), DtypeError, /float32.*Int32Array/],
  ["too few class numbers", ints(0, 1), ShapeError, /\(2,\).*\(3, 4\)/],
  ["a distribution of other classes", waves([3, 5]), ShapeError, /\(3, 5\).*\(3, 4\)/],
  ["a plain number for a batch", 2, ShapeError, /\(\).*\(3, 4\)/],
])("%s is refused", (_title, t, error, message) => {
  expect(() => new SoftmaxWithLoss().forward(x, t)).toThrow(error);
  expect(() => new SoftmaxWithLoss().forward(x, t)).toThrow(message);
  expect(() => crossEntropyError(x, t)).toThrow(message);
});

describe("one sample (C,)", () => {
  const sample = x.pick(0, null);

  test.each([-1, 4, 2 ** 40, 1.5, NaN])("class number %s is refused", (t) => {
    expect(() => new SoftmaxWithLoss().forward(sample, t)).toThrow(ValueError);
  });

  test("one class number in a 1-D array is not a label of one sample, and the message shows the shapes", () => {
    expect(() => new SoftmaxWithLoss().forward(sample, ints(1))).toThrow(/\(1,\).*\(4,\)/);
  });
});

test("N = C changes nothing: an integer vector is class numbers, a float matrix is a distribution", () => {
  const square = waves([3, 3]);
  const layer = new SoftmaxWithLoss();
  const expected = layer.forward(
    square,
    f64([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]),
  );
  expect(layer.forward(square, ints(2, 0, 1))).toBe(expected);
});

test("a distribution may be of another dtype than the scores, integers too", () => {
  const layer = new SoftmaxWithLoss();
  const expected = layer.forward(x, ints(3, 0, 1));
  const oneHot = [
    [0, 0, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ];
  expect(layer.forward(x, tensor(oneHot, "float32"))).toBe(expected);
  expect(layer.forward(x, ndarray(Uint8Array.from(oneHot.flat()), [3, 4]))).toBe(expected);
});

test.each([Int8Array, Int16Array, Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array])(
  "class numbers may be a %o",
  (IntegerClass) => {
    const layer = new SoftmaxWithLoss();
    expect(layer.forward(x, ndarray(IntegerClass.of(3, 0, 1), [3]))).toBe(layer.forward(x, ints(3, 0, 1)));
  },
);
