// A table of calls and the errors they must end in, and short ways to make the operands of such calls.
import ndarray, { type NdArray } from "ndarray";
import { describe, expect, test } from "vitest";
import {
  type ArrayOf,
  createKernels,
  type Kernels,
  type KernelsError,
  type Tensor,
} from "../../src/index.ts";

export const k: Kernels = createKernels({ backend: "reference" });

/** Zeros of float32. */
export const f = (...shape: number[]): Tensor<Float32Array> => k.zeros(shape);
/** Zeros of float64. */
export const d = (...shape: number[]): Tensor<ArrayOf<"float64">> => k.zeros(shape, "float64");
/** Whole numbers, such as labels. */
export const whole = (...numbers: number[]): NdArray<Int32Array> => ndarray(Int32Array.from(numbers));
/** What JavaScript callers can pass although the types forbid it. */
export const wrong = (value: unknown): Tensor<Float32Array> => value as Tensor<Float32Array>;
/** Any view of so many floats, also one that does not fit. */
export const view = (
  length: number,
  shape: number[],
  stride: number[],
  offset: number,
): Tensor<Float32Array> => ndarray(new Float32Array(length), shape, stride, offset);

type Row = [call: () => unknown, type: typeof KernelsError, message: string];

export function table(title: string, rows: Row[]): void {
  describe(title, () => {
    test.each(rows.map(([call, type, message]) => ({ call, type, message })))(
      "$message",
      ({ call, type, message }) => {
        expect(call).toThrow(new type(message));
        expect(call).toThrow(type);
      },
    );
  });
}
