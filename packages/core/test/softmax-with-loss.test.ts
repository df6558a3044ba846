// SoftmaxWithLoss: golden numbers, row-wise softmax, dout, samples, eps, inputs left alone.
import { describe, expect, test } from "vitest";
import {
  CallOrderError,
  crossEntropyError,
  SoftmaxWithLoss,
  softmax,
  toNestedArray,
  ValueError,
} from "../src/index.ts";
import { expectClose, f64, ints, unchangedBy } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";
import { A, BOOK_LOSS, CLASSES, EXACT_LOSS, ONE_HOT, WHOLE_MATRIX_LOSS } from "./matrix-a.ts";

describe.each(backends)("%s kernels", (_, kernels) => {
  test("each row is normalised by itself, so the whole-matrix loss 5.416781025822352 never comes out", () => {
    const layer = new SoftmaxWithLoss({ kernels });
    const loss = unchangedBy([A, ONE_HOT], () => layer.forward(A, ONE_HOT));
    expect(Math.abs(loss - EXACT_LOSS)).toBeLessThanOrEqual(4.5e-16);
    expect(Math.abs(loss - WHOLE_MATRIX_LOSS)).toBeGreaterThan(3);
    expect(layer.loss).toBe(loss);
    expectClose(
      layer.y,
      [
        [0, 0.001, 0.006, 0.044, 0.326, 0, 0.001, 0.01, 0.073, 0.538],
        Array.from({ length: 10 }, () => 0.1),
        [0, 0, 0, 0, 0, 0, 0.002, 0.016, 0.117, 0.865],
      ],
      5.1e-4,
    );
    expectClose(layer.losses, [4.6194450410885946, Math.LN10, 0.14541345580770582], 1e-15);
    for (const row of rowSums(toNestedArray(layer.y))) expect(Math.abs(row - 1)).toBeLessThanOrEqual(2.3e-16);
  });

  test("backward gives (y - t)/3, rows that sum to 0, and writes to no input", () => {
    const layer = new SoftmaxWithLoss({ kernels });
    layer.forward(A, ONE_HOT);
    const dA = unchangedBy([A, ONE_HOT], () => layer.backward());
    expectClose(
      dA,
      [
        [0, 0, 0.002, 0.015, 0.109, 0, 0, -0.33, 0.024, 0.179],
        [0.033, 0.033, 0.033, 0.033, -0.3, 0.033, 0.033, 0.033, 0.033, 0.033],
        [0, 0, 0, 0, 0, 0, 0.001, 0.005, 0.039, -0.045],
      ],
      5.1e-4,
    );
    for (const row of rowSums(toNestedArray(dA))) expect(Math.abs(row)).toBeLessThanOrEqual(1e-16);
  });

  test("one-hot labels and class numbers are the same labels, bit for bit", () => {
    const [oneHot, classes] = [new SoftmaxWithLoss({ kernels }), new SoftmaxWithLoss({ kernels })];
    expect(classes.forward(A, ints(...CLASSES))).toBe(oneHot.forward(A, ONE_HOT));
    expect(toNestedArray(classes.backward())).toEqual(toNestedArray(oneHot.backward()));
  });

  test("dout multiplies the gradient, and samples replaces the number of rows it is divided by", () => {
    const layer = new SoftmaxWithLoss({ kernels });
    layer.forward(A, ONE_HOT);
    const whole = layer.backward();
    expectClose(layer.backward(-2), scaled(whole, -2), 1e-16);
    expectClose(layer.backward(1, undefined, 30), scaled(whole, 0.1), 1e-16);
  });

  test("a batch cut into parts has the gradient of the whole when each part knows the whole's size", () => {
    const layer = new SoftmaxWithLoss({ kernels });
    layer.forward(A, ONE_HOT);
    const whole = toNestedArray(layer.backward());
    const parts = [
      [0, 1],
      [1, 3],
    ].flatMap(([from = 0, to = 0]) => {
      layer.forward(A.lo(from, 0).hi(to - from, 10), ints(...CLASSES.slice(from, to)));
      const part = toNestedArray(layer.backward(1, undefined, 3));
      return Array.isArray(part) ? part : [];
    });
    expect(parts).toEqual(whole);
  });

  test("one sample (C,): a 1-D one-hot, a 0-d class number and a plain number agree, divided by 1", () => {
    const sample = A.pick(0, null);
    const results = [ONE_HOT.pick(0, null), ints(7).pick(0), 7].map((t) => {
      const layer = new SoftmaxWithLoss({ kernels });
      return [layer.forward(sample, t), toNestedArray(layer.backward())];
    });
    expect(results[0]?.[0]).toBeCloseTo(4.6194450410885946, 14);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("buffers of the caller are filled", () => {
    const layer = new SoftmaxWithLoss({ kernels });
    const fresh = layer.forward(A, ONE_HOT);
    const [y, losses, dx] = [f64(toNestedArray(layer.y)), f64([0, 0, 0]), f64(toNestedArray(A))];
    const gradient = toNestedArray(layer.backward());
    y.data.fill(NaN);
    expect(layer.forward(A, ONE_HOT, { y, losses })).toBe(fresh);
    expect([layer.y, layer.losses]).toEqual([y, losses]);
    expect(layer.backward(1, dx)).toBe(dx);
    expect(toNestedArray(dx)).toEqual(gradient);
  });

  test("eps 1e-7 gives the book's loss, and the gradient stays (y - t)/N", () => {
    const [exact, book] = [new SoftmaxWithLoss({ kernels }), new SoftmaxWithLoss({ kernels, eps: 1e-7 })];
    exact.forward(A, ONE_HOT);
    expect(Math.abs(book.forward(A, ONE_HOT) - BOOK_LOSS)).toBeLessThanOrEqual(4.5e-16);
    expect(Math.abs(book.forward(A, ints(...CLASSES)) - BOOK_LOSS)).toBeLessThanOrEqual(4.5e-16);
    expect(toNestedArray(book.backward())).toEqual(toNestedArray(exact.backward()));
  });

  test("sure and right costs 0, sure and wrong 1000; with eps 1e-7 they cost -1e-7 and 16.118", () => {
    const scores = f64([1000, 0, 0]);
    expect(toNestedArray(softmax(scores, { kernels }))).toEqual([1, 0, 0]);
    const [exact, book] = [new SoftmaxWithLoss({ kernels }), new SoftmaxWithLoss({ kernels, eps: 1e-7 })];
    expect([exact.forward(scores, 0), exact.forward(scores, 1)]).toEqual([0, 1000]);
    expect(book.forward(scores, 0)).toBeCloseTo(-9.999999505838704e-8, 22);
    expect(book.forward(scores, 1)).toBeCloseTo(16.11809565095832, 14);
  });
});

test("crossEntropyError of probabilities equals the layer's loss, in the exact and in the book's form", () => {
  const y = softmax(A);
  for (const t of [ONE_HOT, ints(...CLASSES)]) {
    expect(crossEntropyError(y, t)).toBeCloseTo(EXACT_LOSS, 14);
    expect(crossEntropyError(y, t, { eps: 1e-7 })).toBeCloseTo(BOOK_LOSS, 14);
  }
  expect(crossEntropyError(f64([0, 1]), 1)).toBe(0);
  expect(crossEntropyError(f64([0, 1]), 0)).toBe(Infinity);
  expect(crossEntropyError(f64([0.25, 0.75]), f64([0.5, 0.5]))).toBeCloseTo(0.8369882167858358, 15);
});

test("an eps that cannot be is refused, and so is backward before forward", () => {
  expect(() => new SoftmaxWithLoss({ eps: -1e-7 })).toThrow(ValueError);
  expect(() => crossEntropyError(f64([1]), 0, { eps: NaN })).toThrow(ValueError);
  expect(() => new SoftmaxWithLoss().backward()).toThrow(CallOrderError);
});

function rowSums(rows: ReturnType<typeof toNestedArray>): number[] {
  return Array.isArray(rows)
    ? rows.map((row) => row.reduce((sum: number, value: number) => sum + value, 0))
    : [];
}

function scaled(x: ReturnType<SoftmaxWithLoss["backward"]>, factor: number): number[][] {
  const columns = x.shape[1] ?? 0;
  return Array.from({ length: x.shape[0] ?? 0 }, (_, i) =>
    Array.from({ length: columns }, (_, j) => x.get(i, j) * factor),
  );
}
