// A batch as a matrix: arrays of any rank seen as (N, D), and one sample (D,) as a batch of one.
import { ndarray, type Tensor } from "@gradloom/kernels";
import { ShapeError } from "../errors.ts";
import { assign, copyOf } from "./copies.ts";
import type { Input } from "./input.ts";
import { sizeOf } from "./shapes.ts";

/** The shape (N, D) that an array is flattened to: (D,) is one row, and the axes after the first are joined. */
function rowsShape(shape: readonly number[], name: string): [number, number] {
  const [first, ...rest] = shape;
  if (first === undefined) {
    throw new ShapeError(`${name} is a single number of shape (); a sample (D,) or a batch (N, …) is needed`);
  }
  return rest.length === 0 ? [1, first] : [first, sizeOf(rest)];
}

/**
 * x as (N, D): x itself if it is that already, a view on the same memory where the strides allow,
 * else undefined (the joined axes do not lie evenly in memory).
 */
export function rowsView(x: Tensor, name: string): Tensor | undefined {
  if (x.shape.length === 2) return x;
  const { data, shape, stride, offset } = x;
  const [n, d] = rowsShape(shape, name);
  const last = stride.at(-1) ?? 1;
  if (shape.length === 1) return ndarray(data, [n, d], [d * last, last], offset);
  for (let axis = shape.length - 2; axis >= 1; axis--) {
    if (stride[axis] !== (stride[axis + 1] ?? 0) * (shape[axis + 1] ?? 0)) return undefined;
  }
  return ndarray(data, [n, d], [stride[0] ?? 0, last], offset);
}

/** x as (N, D), for reading: a view where possible, else a copy. */
export function rowsOf(x: Tensor, name: string): Tensor {
  return rowsView(x, name) ?? ndarray(copyOf(x).data, rowsShape(x.shape, name));
}

/**
 * rows (N, D), a result for input x, in x's shape: in the caller's `out` if there is one (into which it was
 * written already when it has a view as rows), else as a view on the rows.
 */
export function likeInput(x: Input, rows: Tensor, out: Tensor | undefined): Tensor {
  const shaped = x.dimension === 2 ? rows : ndarray(rows.data, [...x.shape], undefined, rows.offset);
  if (out === undefined) return shaped;
  return rows.data === out.data ? out : assign(out, shaped);
}

/** Rows from ≤ i < to of a matrix, a view on the same memory. */
export function rowRange(x: Tensor, from: number, to: number): Tensor {
  const { data, shape, stride, offset } = x;
  return ndarray(data, [to - from, shape[1] ?? 0], [...stride], offset + from * (stride[0] ?? 0));
}
