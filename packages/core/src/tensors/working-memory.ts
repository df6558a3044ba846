// Arrays that are used again and again: in the memory the kernels work in, as long as it has room.
import { type Dtype, type Kernels, OutOfMemoryError, type Tensor } from "@gradloom/kernels";
import { zerosOf } from "./copies.ts";

/**
 * `kernels.zeros`, or zeros in ordinary memory once the kernels' arena is full. An arena takes nothing back, so a
 * program that makes nets without end would otherwise stop; there the kernels copy operands in and out, no bit differs.
 */
export function workingZeros(kernels: Kernels, shape: readonly number[], dtype: Dtype): Tensor {
  try {
    return kernels.zeros(shape, dtype);
  } catch (error) {
    if (error instanceof OutOfMemoryError) return zerosOf(shape, dtype);
    throw error;
  }
}
