// Where the rows of a tensor begin: the one walk over any rank and any strides that row operations need.
import type { NdArray } from "ndarray";

type Floats = NdArray<Float32Array | Float64Array>;

/** How many rows along the last axis a tensor has. A 1-D tensor is one row, a 0-d one a row of one element. */
export function rowCount(x: Floats): number {
  let count = 1;
  for (let axis = x.shape.length - 2; axis >= 0; axis--) count *= x.shape[axis];
  return count;
}

/** The elements of each row. */
export function rowLength(x: Floats): number {
  return x.shape.length === 0 ? 1 : x.shape[x.shape.length - 1];
}

/** The distance in `data` from one element of a row to the next; anything for a 0-d tensor, which has no next. */
export function rowStride(x: Floats): number {
  return x.shape.length === 0 ? 1 : x.stride[x.shape.length - 1];
}

/** The index in `data` of the first element of row number `row`, in row-major order of all axes but the last. */
export function rowStart(x: Floats, row: number): number {
  const { shape, stride } = x;
  let position = x.offset;
  for (let axis = shape.length - 2; axis > 0; axis--) {
    position += (row % shape[axis]) * stride[axis];
    row = Math.floor(row / shape[axis]);
  }
  // The first axis is what is left: no division for a matrix.
  return shape.length > 1 ? position + row * stride[0] : position;
}
