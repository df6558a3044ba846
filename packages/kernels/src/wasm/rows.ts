// Operations on rows in place: where all operands lie in the arena and their rows have no gaps between elements.
// What runs in place says so by returning true; false means that nothing was done, and that the caller goes another way.
import type { IntegerTensor, Tensor } from "../tensor.ts";
import type { BinaryKernel, UnaryKernel } from "./exports.ts";
import type { Workspace } from "./workspace.ts";

/** Length of the last axis; a 0-d array is a row of one. */
export function columnsOf(t: Tensor): number {
  return t.shape.length === 0 ? 1 : t.shape[t.shape.length - 1];
}

/** How many rows the other axes make. */
export function rowsOf(t: Tensor): number {
  let rows = 1;
  for (let axis = 0; axis < t.shape.length - 1; axis++) rows *= t.shape[axis];
  return rows;
}

/** Of rows with gaps: a whole number, since engines put NaN and what may be NaN into memory to hand it to a kernel. */
export const GAPS: number = -(2 ** 31);

/** Bytes from one row to the next if rows have no gaps within and one distance between them, else {@link GAPS}. */
export function rowBytes(t: Tensor | IntegerTensor): number {
  const { shape, stride } = t;
  const size = t.data.BYTES_PER_ELEMENT;
  const last = shape.length - 1;
  if (last < 0) return size;
  if (stride[last] !== 1 && shape[last] > 1) return GAPS;
  if (last === 0) return shape[0] * size;
  for (let axis = last - 2; axis >= 0; axis--) {
    if (stride[axis] !== stride[axis + 1] * shape[axis + 1]) return GAPS;
  }
  return stride[last - 1] * size;
}

/** Runs a kernel of one operand. */
export function unary(work: Workspace, kernel: UnaryKernel, x: Tensor, out: Tensor): boolean {
  const xAt = work.address(x);
  const outAt = work.address(out);
  if (xAt < 0 || outAt < 0) return false;
  const xRow = rowBytes(x);
  const outRow = rowBytes(out);
  if (xRow === GAPS || outRow === GAPS) return false;
  kernel(rowsOf(x), columnsOf(x), xAt, xRow, outAt, outRow);
  return true;
}

/** Runs a kernel of two operands. */
export function binary(work: Workspace, kernel: BinaryKernel, a: Tensor, b: Tensor, out: Tensor): boolean {
  const aAt = work.address(a);
  const bAt = work.address(b);
  const outAt = work.address(out);
  if (aAt < 0 || bAt < 0 || outAt < 0) return false;
  const aRow = rowBytes(a);
  const bRow = rowBytes(b);
  const outRow = rowBytes(out);
  if (aRow === GAPS || bRow === GAPS || outRow === GAPS) return false;
  kernel(rowsOf(a), columnsOf(a), aAt, aRow, bAt, bRow, outAt, outRow);
  return true;
}
