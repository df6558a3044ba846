// The array type of every public border: an ndarray over Float32Array or Float64Array, any shape, any strides.
import ndarray, { type NdArray } from "ndarray";
import { DtypeError, ShapeError } from "./errors.ts";

export type FloatArray = Float32Array | Float64Array;
export type IntegerArray = Int8Array | Int16Array | Int32Array | Uint8Array | Uint8ClampedArray | Uint16Array | Uint32Array;
export type Dtype = "float32" | "float64";

/** An ndarray of floats. Views (transposed, sliced, reversed) are tensors too; none is ever copied by the caller. */
export type Tensor<T extends FloatArray = FloatArray> = NdArray<T>;
/** An ndarray of whole numbers: class labels, row numbers, raw pixels. */
export type IntegerTensor<T extends IntegerArray = IntegerArray> = NdArray<T>;

/** The typed array class that stores a dtype. */
export type ArrayOf<D extends Dtype> = D extends "float64" ? Float64Array : Float32Array;

/** Nested arrays of numbers, as deep as the tensor has dimensions. */
export type Nested = number | readonly Nested[];
