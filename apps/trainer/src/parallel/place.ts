// Where arrays lie in a run's one memory: plain numbers, planned before a byte is allocated and sent to workers once.
import type { Dtype, IntegerTensor, Region, Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";

export type StoredDtype = Dtype | "uint8" | "int32";

/** Where one array lies, and what it is. */
export interface Place<D extends StoredDtype = StoredDtype> {
  readonly dtype: D;
  readonly byteOffset: number;
  readonly shape: readonly number[];
}

const STORED_AS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;

/** A cache line: no two workers' arrays share one. */
const ALIGNMENT = 64;
/** Address 0 stays free, as in C. */
const FIRST_BYTE = 1024;

/** Hands out one place after the other. */
export class PlaceCursor {
  #next = FIRST_BYTE;

  /** Bytes that a memory needs to hold every place handed out so far. */
  get byteLength(): number {
    return this.#next;
  }

  place<D extends StoredDtype>(dtype: D, shape: readonly number[]): Place<D> {
    const { byteOffset } = this.region(lengthOf(shape) * STORED_AS[dtype].BYTES_PER_ELEMENT);
    return { dtype, byteOffset, shape };
  }

  region(byteLength: number): Region {
    const byteOffset = this.#next;
    this.#next += Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
    return { byteOffset, byteLength };
  }
}

/** The array at a place: the same memory, in whichever thread. */
export function viewOf(memory: WebAssembly.Memory, place: Place<Dtype>): Tensor;
export function viewOf(memory: WebAssembly.Memory, place: Place<"int32">): IntegerTensor<Int32Array>;
export function viewOf(
  memory: WebAssembly.Memory,
  place: Place<Dtype | "uint8">,
): Tensor | IntegerTensor<Uint8Array>;
export function viewOf(memory: WebAssembly.Memory, place: Place): Tensor | IntegerTensor {
  const { dtype, byteOffset, shape } = place;
  return ndarray(new STORED_AS[dtype](memory.buffer, byteOffset, lengthOf(shape)), [...shape]);
}

function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
