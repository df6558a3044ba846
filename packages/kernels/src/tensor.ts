// The array type of every public border: an ndarray over Float32Array or Float64Array, any shape, any strides.
import type { NdArray } from "ndarray";
import { DtypeError, OutOfMemoryError } from "./errors.ts";

/** The typed arrays that hold floats. */
export type FloatArray = Float32Array | Float64Array;
/** The typed arrays that hold whole numbers. */
export type IntegerArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;
/** The element types that are computed with, by NumPy's names. */
export type Dtype = "float32" | "float64";

/** An ndarray of floats. Views (transposed, sliced, reversed) are tensors too; none is ever copied by the caller. */
export type Tensor<T extends FloatArray = FloatArray> = NdArray<T>;
/** An ndarray of whole numbers: class labels, row numbers, raw pixels. */
export type IntegerTensor<T extends IntegerArray = IntegerArray> = NdArray<T>;

/** An ndarray of unsigned bytes: pixels as files hold them. */
export type ByteTensor = IntegerTensor<Uint8Array>;

/** The typed array class that stores a dtype. */
export type ArrayOf<D extends Dtype> = D extends "float64" ? Float64Array : Float32Array;

/** Nested arrays of numbers, as deep as the tensor has dimensions. */
export type Nested = number | readonly Nested[];

/** Whether t holds unsigned bytes. */
export function isBytes(t: NdArray<FloatArray | Uint8Array>): t is ByteTensor {
  // The size alone rules out most: it is part of what an engine knows of a class, which a chain of prototypes is not.
  return t.data?.BYTES_PER_ELEMENT === 1 && t.data instanceof Uint8Array;
}

/** Whether floats are of 32 bits, not of 64: for arrays that are known to be one of the two. */
export function isSingle(data: FloatArray): boolean {
  return data.BYTES_PER_ELEMENT === 4;
}

/**
 * The dtype of a tensor of floats.
 * @throws DtypeError for an ndarray over anything but a Float32Array or a Float64Array.
 */
export function dtypeOf(t: Tensor): Dtype {
  if (t.data instanceof Float32Array) return "float32";
  if (t.data instanceof Float64Array) return "float64";
  throw new DtypeError(
    `dtypeOf: expected an ndarray over a Float32Array or a Float64Array, got one of ${String(t.dtype)}.`,
  );
}

/**
 * A new typed array of zeros in ordinary JavaScript memory.
 * @throws OutOfMemoryError naming what was asked, if the engine gives no array of that length.
 */
export function floats<D extends Dtype>(length: number, dtype: D): ArrayOf<D> {
  const Floats = dtype === "float64" ? Float64Array : Float32Array;
  try {
    const data: FloatArray = new Floats(length);
    return data as ArrayOf<D>;
  } catch (cause) {
    throw new OutOfMemoryError(
      `The engine gives no array of ${length} numbers of ${dtype} (${length * Floats.BYTES_PER_ELEMENT} bytes). ` +
        "Work on fewer rows at a time, or give an output that exists already.",
      { cause },
    );
  }
}

/** How many elements a shape holds; 1 for the empty shape of a 0-d array. */
export function size(shape: readonly number[]): number {
  let product = 1;
  for (const length of shape) product *= length;
  return product;
}
