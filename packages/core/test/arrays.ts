// What tests of arrays need: float64 tensors from nested lists, snapshots of a whole memory, closeness.
import { type IntegerTensor, type Nested, type Tensor, tensor, toNestedArray } from "@gradloom/kernels";
import ndarray from "ndarray";
import { expect } from "vitest";

export function f64(nested: Nested): Tensor<Float64Array> {
  return tensor(nested, "float64");
}

export function ints(...values: number[]): IntegerTensor<Int32Array> {
  return ndarray(Int32Array.from(values), [values.length]);
}

/** Values that are neither small nor alike, as sin makes them in NumPy too: 0.5·sin(i + k). */
export function waves(shape: readonly number[], k = 0): Tensor<Float64Array> {
  const size = shape.reduce((product, length) => product * length, 1);
  return ndarray(
    Float64Array.from({ length: size }, (_, i) => 0.5 * Math.sin(i + k)),
    [...shape],
  );
}

/** Runs f and asserts that none of the tensors' memory, gaps included, has changed by one bit. */
export function unchangedBy<T>(tensors: readonly (Tensor | IntegerTensor)[], f: () => T): T {
  const before = tensors.map(({ data }) => data.slice());
  const result = f();
  for (const [i, { data }] of tensors.entries()) expect(data).toEqual(before[i]);
  return result;
}

/** Every element within `tolerance` of the expected one, and the same nesting. */
export function expectClose(actual: Tensor, expected: Nested, tolerance: number): void {
  const wanted = f64(expected);
  expect(actual.shape).toEqual(wanted.shape);
  const found = f64(toNestedArray(actual)).data;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs((found[i] ?? NaN) - (wanted.data[i] ?? NaN));
    expect(difference, `element ${i}: ${found[i]} and ${wanted.data[i]}`).toBeLessThanOrEqual(tolerance);
  }
}
