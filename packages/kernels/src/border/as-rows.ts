// One sample seen as a batch of one row: the same memory under a shape with one axis more.
import ndarray, { type Data, type NdArray } from "ndarray";

/** (C) as (1,C); a matrix stays what it is. */
export function asMatrix<D extends Data<number>>(t: NdArray<D>): NdArray<D> {
  if (t.shape.length !== 1) return t;
  return ndarray(t.data, [1, t.shape[0]], [t.shape[0] * t.stride[0], t.stride[0]], t.offset);
}

/** A 0-d array as a vector of one; a vector stays what it is. */
export function asVector<D extends Data<number>>(t: NdArray<D>): NdArray<D> {
  return t.shape.length === 0 ? ndarray(t.data, [1], [1], t.offset) : t;
}
