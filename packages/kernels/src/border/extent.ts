// Where a view begins and ends inside its data: the basis of the checks for fit and for overlap.
import type { NdArray } from "ndarray";
import type { FloatArray, IntegerArray } from "../tensor.ts";

export type AnyTensor = NdArray<FloatArray | IntegerArray>;

/** True for a view without any element. */
export function isEmpty(t: AnyTensor): boolean {
  const shape = t.shape;
  for (let axis = 0; axis < shape.length; axis++) if (shape[axis] === 0) return true;
  return false;
}

/** The lowest position in `data` that a view with elements reaches. */
export function lowest(t: AnyTensor): number {
  const { shape, stride } = t;
  let position = t.offset;
  for (let axis = 0; axis < shape.length; axis++) {
    if (stride[axis] < 0) position += (shape[axis] - 1) * stride[axis];
  }
  return position;
}

/** The highest position in `data` that a view with elements reaches. */
export function highest(t: AnyTensor): number {
  const { shape, stride } = t;
  let position = t.offset;
  for (let axis = 0; axis < shape.length; axis++) {
    if (stride[axis] > 0) position += (shape[axis] - 1) * stride[axis];
  }
  return position;
}
