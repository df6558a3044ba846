// Affine: golden numbers, one sample, tensors, strides, slices of dW, the caller's buffers, shape errors.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { Affine, CallOrderError, ShapeError, tensor, toNestedArray } from "../src/index.ts";
import { expectClose, f64, unchangedBy, waves } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";

const W = f64([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = f64([0.1, 0.2, 0.3]);
const x = f64([
  [1, -0.5],
  [-2, 3],
]);
const dout = f64([
  [1, 2, 3],
  [4, 5, 6],
]);

describe.each(backends)("%s kernels", (_, kernels) => {
  test("forward is x·W + b, backward gives dx = dout·Wᵀ, dW = xᵀ·dout, db = Σ dout, and writes to no input", () => {
    const affine = new Affine(W, b, { kernels });
    unchangedBy([W, b, x, dout], () => {
      expectClose(
        affine.forward(x),
        [
          [-0.9, -0.3, 0.3],
          [10.1, 11.2, 12.3],
        ],
        1e-15,
      );
      expect(toNestedArray(affine.backward(dout))).toEqual([
        [14, 32],
        [32, 77],
      ]);
      expect(toNestedArray(affine.dW)).toEqual([
        [-7, -8, -9],
        [11.5, 14, 16.5],
      ]);
      expect(toNestedArray(affine.db)).toEqual([5, 7, 9]);
    });
  });

  test("the bias is added to every row, and its gradient sums over the rows", () => {
    const bias = new Affine(
      f64([
        [0, 0, 0],
        [0, 0, 0],
      ]),
      f64([1, 2, 3]),
      { kernels },
    );
    expect(
      toNestedArray(
        bias.forward(
          f64([
            [0, 0],
            [1, 1],
          ]),
        ),
      ),
    ).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    const tens = new Affine(
      f64([
        [0, 0, 0],
        [10, 10, 10],
      ]),
      f64([1, 2, 3]),
      { kernels },
    );
    expect(
      toNestedArray(
        tens.forward(
          f64([
            [0, 0],
            [0, 1],
          ]),
        ),
      ),
    ).toEqual([
      [1, 2, 3],
      [11, 12, 13],
    ]);
    expect(toNestedArray(tens.biasGradient(dout))).toEqual([5, 7, 9]);
  });

  test("a 1-D input is one sample: forward (M,), dx (D,), dW = x ⊗ dout, db = dout", () => {
    const w = f64([
      [0.29082061, 0.60015105, 0.39132849],
      [0.06553866, 0.32253918, 0.80189848],
    ]);
    const affine = new Affine(w, f64([0.81765224, 0.30516209, 0.9446015]), { kernels });
    const sample = f64([0.26569111, 0.34219913]);
    expectClose(affine.forward(sample), [0.91734797, 0.57498952, 1.32298296], 2e-8);
    const products = new Affine(w, f64([0, 0, 0]), { kernels }).forward(sample);
    expectClose(products, [0.09969572, 0.26982742, 0.37838146], 2e-8);

    const small = new Affine(W, b, { kernels });
    small.forward(f64([2, -1]));
    expect(toNestedArray(small.backward(f64([1, 10, 100])))).toEqual([321, 654]);
    expect(toNestedArray(small.dW)).toEqual([
      [2, 20, 200],
      [-1, -10, -100],
    ]);
    expect(toNestedArray(small.db)).toEqual([1, 10, 100]);
  });

  test("one sample alone gives the bits of the same row in a batch", () => {
    const [weights, bias, batch] = [waves([30, 7]), waves([7], 1), waves([5, 30], 2)];
    const affine = new Affine(weights, bias, { kernels });
    const rows = toNestedArray(affine.forward(batch));
    expect(toNestedArray(affine.forward(batch.pick(3, null)))).toEqual(Array.isArray(rows) ? rows[3] : []);
  });

  test.each([
    ["lying evenly in memory", (t: ReturnType<typeof waves>) => t],
    ["with its inner axes swapped", (t: ReturnType<typeof waves>) => copyWithSwappedStrides(t)],
  ])("a tensor (N, 2, 3) %s is flattened to (N, 6), and dx gets its shape back", (_name, arrange) => {
    const affine = new Affine(waves([6, 4]), waves([4], 9), { kernels });
    const flat = waves([5, 6], 3);
    const deep = arrange(ndarray(flat.data, [5, 2, 3]));
    const d = waves([5, 4], 4);
    const expected = [affine.forward(flat), affine.backward(d), affine.dW].map(toNestedArray);
    unchangedBy([deep, d], () => {
      const out = affine.forward(deep);
      const dx = affine.backward(d);
      expect(dx.shape).toEqual([5, 2, 3]);
      expect([out, ndarray(dx.data, [5, 6]), affine.dW].map(toNestedArray)).toEqual(expected);
      const given = arrange(waves([5, 2, 3]));
      expect(affine.inputGradient(d, given)).toBe(given);
      expect(toNestedArray(given)).toEqual(toNestedArray(dx));
    });
  });

  test("any range of dW's rows has the same bits as when all are computed at once", () => {
    const [inputs, d] = [waves([37, 23]), waves([37, 9], 5)];
    const affine = new Affine(waves([23, 9]), waves([9]), { kernels });
    const whole = toNestedArray(affine.weightGradient(inputs, d));
    for (const cuts of [
      [0, 23],
      [0, 1, 23],
      [0, 8, 16, 23],
      [0, 5, 6, 20, 23],
    ]) {
      const dW = waves([23, 9]);
      for (const [i, to] of cuts.slice(1).entries()) {
        const from = cuts[i] ?? 0;
        affine.weightGradient(inputs, d, { from, to }, dW.lo(from, 0).hi(to - from, 9));
      }
      expect(toNestedArray(dW)).toEqual(whole);
    }
  });

  test("the caller's out and dx are filled and returned, in float32 too", () => {
    const affine = new Affine(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      tensor([10, 20]),
      { kernels },
    );
    for (const [input, d] of [
      [tensor([[1, 1]]), tensor([[1, 0]])],
      [tensor([1, 1]), tensor([1, 0])],
    ] as const) {
      const fresh = [affine.forward(input), affine.backward(d)].map(toNestedArray);
      const [out, dx] = [tensor(fresh[0] ?? 0), tensor(fresh[1] ?? 0)];
      out.data.fill(NaN);
      dx.data.fill(NaN);
      expect(affine.forward(input, out)).toBe(out);
      expect(affine.backward(d, dx)).toBe(dx);
      expect([out, dx].map(toNestedArray)).toEqual(fresh);
    }
  });
});

test("an update written into W in place is seen by the next forward and backward", () => {
  const weights = f64([
    [1, 2],
    [3, 4],
  ]);
  const affine = new Affine(weights, f64([0, 0]));
  affine.forward(f64([[1, 1]]));
  affine.backward(f64([[1, 1]]));
  weights.set(0, 0, 100);
  expect(toNestedArray(affine.forward(f64([[1, 1]])))).toEqual([[103, 6]]);
  expect(toNestedArray(affine.backward(f64([[1, 1]])))).toEqual([[102, 7]]);
});

test("a view that is moved along its memory between calls is read where it lies now", () => {
  const [inputs, d] = [waves([6, 3]), waves([2, 4], 1)];
  const affine = new Affine(waves([3, 4]), waves([4]));
  const view = inputs.hi(2, 3);
  affine.weightGradient(view, d);
  view.offset = 2 * 3;
  const moved = toNestedArray(affine.weightGradient(view, d));
  expect(moved).toEqual(toNestedArray(affine.weightGradient(inputs.lo(2, 0).hi(2, 3), d)));
});

test("shape errors name both shapes, and a call out of order names the missing call", () => {
  const affine = new Affine(W, b);
  expect(() => new Affine(W, f64([1, 2]))).toThrow(/\(2, 3\).*\(2,\)/);
  expect(() => affine.forward(f64([[1, 2, 3]]))).toThrow(ShapeError);
  expect(() => affine.forward(f64([[1, 2, 3]]))).toThrow(/\(1, 3\).*\(2, 3\)/);
  expect(() => affine.dW).toThrow(CallOrderError);
  expect(() => affine.backward(dout)).toThrow(/Call forward first/);
  affine.forward(x);
  expect(() => affine.backward(f64([[1, 2]]))).toThrow(/\(2, 3\).*\(1, 2\)/);
});

/** The same values in the same shape, but stored so that the last two axes cannot be joined by a view. */
function copyWithSwappedStrides(t: ReturnType<typeof waves>): ReturnType<typeof waves> {
  const [n = 0, h = 0, w = 0] = t.shape;
  const stored = ndarray(new Float64Array(t.size), [n, w, h]).transpose(0, 2, 1);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < h; j++) for (let k = 0; k < w; k++) stored.set(i, j, k, t.get(i, j, k));
  return stored;
}
