// Operations along the last axis: in place for rows in the arena, chunk by chunk through it for any others.
import { rowStarts } from "../reference/rows.ts";
import type { Tensor } from "../tensor.ts";
import type { RowKernel } from "./module.ts";
import type { Workspace } from "./workspace.ts";

/** Elements from one row to the next if the rows have no gaps within and one distance between them, else NaN. */
export function rowDistance(t: Tensor): number {
  const { shape, stride } = t;
  const last = shape.length - 1;
  if (stride[last] !== 1 && shape[last] > 1) return Number.NaN;
  if (last === 0) return shape[0];
  for (let axis = last - 2; axis >= 0; axis--) {
    if (stride[axis] !== stride[axis + 1] * shape[axis + 1]) return Number.NaN;
  }
  return stride[last - 1];
}

/**
 * Runs a kernel over all rows of x. `slow` does the same in plain loops, with the same bits: it takes over for single
 * rows that are longer than a stage.
 */
export function overRows(
  work: Workspace,
  kernel: RowKernel,
  x: Tensor,
  out: Tensor,
  slow: (x: Tensor, out: Tensor) => void,
): void {
  const size = x.data.BYTES_PER_ELEMENT;
  const columns = x.shape[x.shape.length - 1];
  let rows = 1;
  for (let axis = 0; axis < x.shape.length - 1; axis++) rows *= x.shape[axis];
  if (rows === 0 || columns === 0) return;
  const xAt = work.address(x);
  const outAt = work.address(out);
  const xRow = xAt < 0 ? Number.NaN : rowDistance(x) * size;
  const outRow = outAt < 0 ? Number.NaN : rowDistance(out) * size;
  if (!Number.isNaN(xRow) && !Number.isNaN(outRow)) {
    kernel(rows, columns, xAt, xRow, outAt, outRow);
    return;
  }
  const most = Math.floor(work.stageBytes / size / columns);
  if (most === 0) {
    slow(x, out);
    return;
  }
  const heap = work.heapOf(x.data);
  const stage = work.stages[0];
  const from = rowStarts(x);
  const to = rowStarts(out);
  const xStride = x.stride[x.shape.length - 1];
  const outStride = out.stride[out.shape.length - 1];
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    let at = stage / size;
    for (let i = first; i < first + count; i++) {
      for (let j = 0; j < columns; j++) heap[at++] = x.data[from[i] + j * xStride];
    }
    kernel(count, columns, stage, columns * size, stage, columns * size);
    at = stage / size;
    for (let i = first; i < first + count; i++) {
      for (let j = 0; j < columns; j++) out.data[to[i] + j * outStride] = heap[at++];
    }
  }
}
