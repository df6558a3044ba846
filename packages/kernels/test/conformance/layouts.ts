// The same matrix laid out in memory in every way a caller may have it, with poison around it.
import ndarray from "ndarray";
import { expect } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import type { Dtype, FloatArray, Tensor } from "../../src/tensor.ts";
import { newFloats } from "./values.ts";

interface Placement {
  readonly stride: readonly [number, number];
  readonly offset: number;
}

/** Layout → where element (i, j) of an m×n matrix lies. */
const PLACEMENTS: Readonly<Record<string, (m: number, n: number) => Placement>> = {
  "row-major": (_, n) => ({ stride: [n, 1], offset: 0 }),
  transposed: (m) => ({ stride: [1, m], offset: 0 }),
  "block of a wider matrix": (_, n) => ({ stride: [n + 3, 1], offset: 2 }),
  "transposed block": (m) => ({ stride: [1, m + 5], offset: 3 }),
  "every second row and column": (_, n) => ({ stride: [4 * n + 2, 2], offset: 1 }),
  "rows reversed": (m, n) => ({ stride: [-n, 1], offset: Math.max(0, m - 1) * n }),
  "both axes reversed": (m, n) => ({ stride: [-n, -1], offset: Math.max(0, m * n - 1) }),
};

export const LAYOUTS: readonly string[] = Object.keys(PLACEMENTS);

/** Makes the data of an array: in one memory or another. */
export type NewArray = (length: number, dtype: Dtype) => FloatArray;

/** Where a caller's arrays may live: a backend may work on its own memory in place, and must copy from any other. */
export function memories(make: () => Kernels): [name: string, newArray: NewArray][] {
  return [
    ["JavaScript's memory", newFloats],
    ["the kernels' own memory", (length, dtype) => make().zeros([length], dtype).data],
  ];
}

/** What stands around an output and must stand there afterwards. */
const GUARD = -987.5;

function emptyView(
  layout: string,
  [m, n]: readonly [number, number],
  dtype: Dtype,
  around: number,
  newArray: NewArray,
): Tensor {
  const { stride, offset } = PLACEMENTS[layout](m, n);
  const reach =
    offset + Math.max(0, m - 1) * Math.max(0, stride[0]) + Math.max(0, n - 1) * Math.max(0, stride[1]);
  return ndarray(newArray(reach + 5, dtype).fill(around), [m, n], [...stride], offset);
}

/** An input in the given layout; everything around it is NaN, so that reading too far shows. */
export function laidOut(
  layout: string,
  values: readonly number[],
  m: number,
  n: number,
  dtype: Dtype,
  newArray: NewArray = newFloats,
): Tensor {
  const t = emptyView(layout, [m, n], dtype, Number.NaN, newArray);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) t.set(i, j, values[i * n + j]);
  return t;
}

/** A vector with a step, in the middle of NaN. A negative step runs backwards. */
export function laidOutVector(values: readonly number[], step: number, dtype: Dtype): Tensor {
  const length = values.length;
  const data = newFloats(length * Math.abs(step) + 4, dtype).fill(Number.NaN);
  const offset = step > 0 ? 2 : 2 + Math.max(0, length - 1) * -step;
  const t = ndarray(data, [length], [step], offset);
  values.forEach((value, i) => void t.set(i, value));
  return t;
}

/** An output in the given layout, NaN inside, guards around. */
export function poisonedOut(
  layout: string,
  m: number,
  n: number,
  dtype: Dtype,
  newArray: NewArray = newFloats,
): Tensor {
  const out = emptyView(layout, [m, n], dtype, GUARD, newArray);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out.set(i, j, Number.NaN);
  return out;
}

/** Fails unless every element outside the view still is the guard. */
export function expectGuards(out: Tensor, what: string): void {
  const [m, n] = out.shape;
  const inside = new Set<number>();
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) inside.add(out.index(i, j));
  out.data.forEach((value, position) => {
    if (!inside.has(position) && value !== GUARD)
      expect.fail(`${what}: wrote outside its output, at ${position}`);
  });
}
