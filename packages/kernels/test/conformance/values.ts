// Numbers in and out of tensors for the tests, on their own: nothing here comes from the code under test.
import ndarray, { type NdArray } from "ndarray";
import { expect } from "vitest";
import type { Dtype, FloatArray, IntegerArray, Nested, Tensor } from "../../src/tensor.ts";

export const DTYPES: readonly Dtype[] = ["float32", "float64"];

/** Half the distance from 1 to the next number: the largest relative error of one rounding. */
export const UNIT: Readonly<Record<Dtype, number>> = { float32: 2 ** -24, float64: 2 ** -53 };

export function newFloats(length: number, dtype: Dtype): FloatArray {
  return dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/** The elements in row-major order, whatever the strides. */
export function valuesOf(t: NdArray<FloatArray | IntegerArray>): number[] {
  const values: number[] = [];
  function collect(axis: number, position: number): void {
    if (axis === t.shape.length) values.push(t.data[position]);
    else for (let i = 0; i < t.shape[axis]; i++) collect(axis + 1, position + i * t.stride[axis]);
  }
  collect(0, t.offset);
  return values;
}

/** Numbers out of nested arrays, row by row. */
export function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : nested.flatMap(flat);
}

/** A row-major tensor. */
export function dense(values: readonly number[], shape: readonly number[], dtype: Dtype): Tensor {
  const data = newFloats(values.length, dtype);
  data.set(values);
  return ndarray(data, [...shape]);
}

/** The same numbers from the same seed on every machine: multiples of 2⁻²⁰ between −1 and 1. */
export function seededNumbers(count: number, seed: number): number[] {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >> 11) / 2 ** 20;
  });
}

/** Bit for bit; NaN equals NaN, and 0 differs from −0. */
export function expectSameBits(actual: Tensor, expected: Tensor | readonly number[], what = "result"): void {
  const a = valuesOf(actual);
  const e = "data" in expected ? valuesOf(expected) : expected;
  expect(a.length, `${what}: number of elements`).toBe(e.length);
  for (let i = 0; i < a.length; i++) {
    if (!Object.is(a[i], e[i])) expect.fail(`${what}: element ${i} is ${a[i]}, expected ${e[i]}`);
  }
}

/** Within `tolerance` of each expected number, relative to max(1, |expected|); NaN and ±Infinity must be the same. */
export function expectClose(
  actual: Tensor,
  expected: readonly number[],
  tolerance: number,
  what = "result",
): void {
  const a = valuesOf(actual);
  expect(a.length, `${what}: number of elements`).toBe(expected.length);
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], expected[i])) continue;
    // Written so that a NaN on either side fails.
    if (!(Math.abs(a[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])))) {
      expect.fail(`${what}: element ${i} is ${a[i]}, expected ${expected[i]} within ${tolerance}`);
    }
  }
}
