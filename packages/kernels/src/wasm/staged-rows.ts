// Rows outside the arena or with gaps: copied through it in pieces. For operations whose bits are the kernel's own.
import { rowStart } from "../reference/rows.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import type { UnaryKernel } from "./exports.ts";
import { columnsOf, rowsOf } from "./rows.ts";
import type { Workspace } from "./workspace.ts";

/** `count` rows from `first` on, of each `columns` elements from `column` on. */
interface Piece {
  readonly first: number;
  readonly count: number;
  readonly column: number;
  readonly columns: number;
}

/** From this many elements on, copying a row at once is faster than one by one; making two views has its price. */
const ROW_AT_ONCE = 64;

/** heap[at …] ← the piece, row after row without gaps. `at` counts elements. */
function copyIn(t: Tensor, { first, count, column, columns }: Piece, heap: FloatArray, at: number): void {
  const stride = t.stride.at(-1) ?? 0;
  for (let i = 0; i < count; i++, at += columns) {
    const from = rowStart(t, first + i) + column * stride;
    if (stride === 1 && columns >= ROW_AT_ONCE) heap.set(t.data.subarray(from, from + columns), at);
    else for (let j = 0; j < columns; j++) heap[at + j] = t.data[from + j * stride];
  }
}

/** The piece ← heap[at …]: the reverse of {@link copyIn}. */
function copyOut(t: Tensor, { first, count, column, columns }: Piece, heap: FloatArray, at: number): void {
  const stride = t.stride.at(-1) ?? 0;
  for (let i = 0; i < count; i++, at += columns) {
    const to = rowStart(t, first + i) + column * stride;
    if (stride === 1 && columns >= ROW_AT_ONCE) t.data.set(heap.subarray(at, at + columns), to);
    else for (let j = 0; j < columns; j++) t.data[to + j * stride] = heap[at + j];
  }
}

/**
 * Runs a kernel along the last axis over staged rows. Rows longer than a stage cannot be cut: `slow`, plain loops that
 * do the same, takes them.
 */
export function stagedRows(
  work: Workspace,
  kernel: UnaryKernel,
  x: Tensor,
  out: Tensor,
  slow: (x: Tensor, out: Tensor) => void,
): void {
  if (columnsOf(x) * x.data.BYTES_PER_ELEMENT > work.stageBytes) {
    slow(x, out);
    return;
  }
  stagedElements(work, [x], out, (rows, columns, [at], row) => kernel(rows, columns, at, row, at, row));
}

/**
 * Runs `kernel` over pieces of `inputs`, each in a stage of its own without gaps; what the stage of the last input
 * then holds is the piece of `out`. Pieces are whole rows, or parts of a row if that is longer than a stage.
 */
export function stagedElements(
  work: Workspace,
  inputs: readonly Tensor[],
  out: Tensor,
  kernel: (rows: number, columns: number, addresses: readonly number[], rowBytes: number) => void,
): void {
  const size = out.data.BYTES_PER_ELEMENT;
  const room = work.stageBytes / size;
  const heap = work.heap(out.data);
  const rows = rowsOf(out);
  const columns = columnsOf(out);
  if (columns === 0) return;
  const most = Math.max(1, Math.floor(room / columns));
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    for (let column = 0; column < columns; column += room) {
      const piece: Piece = { first, count, column, columns: Math.min(room, columns - column) };
      inputs.forEach((t, i) => {
        copyIn(t, piece, heap, work.stages[i] / size);
      });
      kernel(count, piece.columns, work.stages, piece.columns * size);
      copyOut(out, piece, heap, work.stages[inputs.length - 1] / size);
    }
  }
}
