// The way in and out for arrays that live outside the arena: blocks are copied into a fixed part of it, row-major.
import type { FloatArray, Tensor } from "../tensor.ts";

/** A block of a 2-D tensor: `rows` × `columns` elements from (row, column) on. */
export interface Block {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** heap[at …] ← the block, row after row without gaps. `at` counts elements. */
export function copyIn(t: Tensor, block: Block, heap: FloatArray, at: number): void {
  const [rowStride, columnStride] = t.stride;
  const { rows, columns } = block;
  const start = t.offset + block.row * rowStride + block.column * columnStride;
  if (columnStride === 1 && rowStride === columns) {
    heap.set(t.data.subarray(start, start + rows * columns), at);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const from = start + i * rowStride;
    for (let j = 0; j < columns; j++) heap[at + j] = t.data[from + j * columnStride];
    at += columns;
  }
}

/** The block ← heap[at …]: the reverse of {@link copyIn}. */
export function copyOut(t: Tensor, block: Block, heap: FloatArray, at: number): void {
  const [rowStride, columnStride] = t.stride;
  const { rows, columns } = block;
  const start = t.offset + block.row * rowStride + block.column * columnStride;
  if (columnStride === 1 && rowStride === columns) {
    t.data.set(heap.subarray(at, at + rows * columns), start);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const to = start + i * rowStride;
    for (let j = 0; j < columns; j++) t.data[to + j * columnStride] = heap[at + j];
    at += columns;
  }
}
