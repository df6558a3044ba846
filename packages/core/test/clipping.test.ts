// Gradient clipping by value and by global norm: PyTorch's figures, new arrays or in place.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import {
  clipByGlobalNorm,
  clipByValue,
  clipFactor,
  globalNorm,
  ShapeError,
  ValueError,
} from "../src/index.ts";
import { f64, unchangedBy } from "./arrays.ts";
import { figures } from "./pytorch-figures.ts";

const { clipping } = figures;
const flat = (nested: readonly number[][]): number[] => nested.flat();
const gradients = (): ReturnType<typeof f64> => f64(flat(clipping.grads));

const clips = [
  ["value", (g: ReturnType<typeof f64>, out?: typeof g) => clipByValue(g, 0.5, out), clipping.byValue],
  [
    "global norm",
    (g: ReturnType<typeof f64>, out?: typeof g) => clipByGlobalNorm(g, 1.5, out),
    clipping.byNorm,
  ],
  [
    "a norm that is not reached",
    (g: ReturnType<typeof f64>, out?: typeof g) => clipByGlobalNorm(g, 100, out),
    clipping.byLargeNorm,
  ],
] as const;

test.each(clips)(
  "clipping by %s is PyTorch's, into a new array, another or the gradients themselves",
  (_, clip, figures) => {
    const expected = flat(figures);
    const g = gradients();
    const close = (found: ArrayLike<number>): void => {
      expect(found.length).toBe(expected.length);
      for (const [i, value] of expected.entries()) expect(Math.abs(found[i] - value)).toBeLessThan(1e-15);
    };
    unchangedBy([g], () => {
      close(clip(g).data as Float64Array);
      const out = f64(expected.map(() => NaN));
      expect(clip(g, out)).toBe(out);
      close(out.data);
    });
    expect(clip(g, g)).toBe(g);
    close(g.data);
  },
);

test("the norm of the whole clips its slices alike", () => {
  const g = gradients();
  const norm = globalNorm(g);
  expect(Math.abs(norm - clipping.norm)).toBeLessThan(1e-15);
  const whole = clipByGlobalNorm(g, 1.5).data;
  const slice = g.lo(3).hi(4);
  const cut = clipByGlobalNorm(slice, 1.5, undefined, norm);
  expect([...cut.data]).toEqual([...whole.slice(3, 7)]);
});

test("NaN and infinities are not hidden: the norm shows them", () => {
  expect(globalNorm(f64([1, NaN]))).toBeNaN();
  expect(clipByValue(f64([NaN, Infinity]), 2).data).toEqual(Float64Array.of(NaN, 2));
  expect(clipFactor(0, 1)).toBe(1);
});

test("strided gradients are clipped in place without touching what lies between", () => {
  const strided = ndarray(Float64Array.of(3, 99, -4, 99), [2], [2]);
  expect(globalNorm(strided)).toBe(5);
  clipByValue(strided, 1, strided);
  expect(strided.data).toEqual(Float64Array.of(1, 99, -1, 99));
});

test("bounds that cannot be, and an out of another shape, are refused", () => {
  for (const bound of [0, -1, NaN, Infinity]) {
    expect(() => clipByValue(f64([1]), bound)).toThrow(ValueError);
    expect(() => clipByGlobalNorm(f64([1]), bound)).toThrow(/maxNorm is/);
  }
  expect(() => clipByValue(f64([1]), 1, f64([1, 2]))).toThrow(ShapeError);
});
