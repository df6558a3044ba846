// Where the rows of a tensor begin: the one walk over any rank and any strides that row operations need.
import type { NdArray } from "ndarray";

/**
 * For each row along the last axis, in row-major order of the other axes, the index of its first element in `data`.
 * A 1-D tensor is one row, a 0-d one a row of one element.
 */
export function rowStarts(x: NdArray<Float32Array | Float64Array>): Float64Array {
  const { shape, stride } = x;
  const outer = Math.max(0, shape.length - 1);
  let count = 1;
  for (let axis = 0; axis < outer; axis++) count *= shape[axis] ?? 0;
  const starts = new Float64Array(count);
  const index = new Array<number>(outer).fill(0);
  let position = x.offset;
  for (let row = 0; row < count; row++) {
    starts[row] = position;
    for (let axis = outer - 1; axis >= 0; axis--) {
      const step = stride[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        position += step;
        break;
      }
      position -= (next - 1) * step;
      index[axis] = 0;
    }
  }
  return starts;
}
