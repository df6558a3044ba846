// Where a view begins and ends inside its data: the basis of the checks for fit and for overlap.
import type { NdArray } from "ndarray";
import type { FloatArray, IntegerArray } from "../tensor.ts";

export type AnyTensor = NdArray<FloatArray | IntegerArray>;

/**
 * Whether a view's sizes are whole numbers from 0 up, its strides whole numbers, and its elements all inside its data.
 * Every operand of every call is asked, so it is one pass that reads each field once.
 */
export function liesInside(t: AnyTensor): boolean {
  const { data, shape, stride, offset } = t;
  let low = offset;
  let high = offset;
  let hasElements = true;
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis];
    const step = stride[axis];
    if (!(Number.isInteger(size) && size >= 0 && Number.isInteger(step))) return false;
    if (size === 0) hasElements = false;
    if (step < 0) low += (size - 1) * step;
    else high += (size - 1) * step;
  }
  // Written so that an offset that is NaN or missing fails too.
  return Number.isInteger(offset) && (!hasElements || (low >= 0 && high < data.length));
}

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
