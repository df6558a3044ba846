// Which columns of a matrix of bytes have few zeros, counted anew for every product: it depends on its operands alone,
// whoever computes it.
import type { Workspace } from "../wasm/workspace.ts";

/** A column of a larger share of nonzeros is dense: there both take equally long (measured at 1024 × 784 × 1024, AVX-512). */
const DENSE_FROM = 0.2;
/** Fewer dense columns than this are not worth a call. */
const LEAST_DENSE = 32;

/** Samples as bytes in the arena, rows × columns, whichever way a product looks at them. */
export interface Bytes {
  readonly at: number;
  /** Bytes from one row to the next; there are no gaps within. */
  readonly row: number;
  readonly rows: number;
  readonly columns: number;
  /** What a byte is worth. */
  readonly scale: number;
}

/** The dense columns, and scratch memory behind what is known of them. */
export interface DenseColumns {
  readonly numbers: Uint32Array;
  /** The same for the kernels. */
  readonly numbersAt: number;
  /** A byte for each column: 0 for the dense ones, 255 for the others. */
  readonly maskAt: number;
  readonly roomAt: number;
  readonly room: number;
}

/** Undefined where too few columns are dense. */
export function denseColumns(work: Workspace, { at, row, rows, columns }: Bytes): DenseColumns | undefined {
  const [countsAt] = work.stages;
  const numbersAt = countsAt + 4 * columns;
  const maskAt = numbersAt + 4 * columns;
  const roomAt = Math.ceil((maskAt + columns) / 16) * 16;
  work.byteColumns.count_columns(rows, columns, at, row, countsAt);
  const { buffer } = work.bytes;
  const counts = new Uint32Array(buffer, countsAt, columns);
  const numbers = new Uint32Array(buffer, numbersAt, columns);
  const mask = new Uint8Array(buffer, maskAt, columns);
  let found = 0;
  for (let j = 0; j < columns; j++) {
    const isDense = counts[j] > DENSE_FROM * rows;
    mask[j] = isDense ? 0 : 255;
    if (isDense) numbers[found++] = j;
  }
  if (found < LEAST_DENSE) return undefined;
  const room = countsAt + work.stages.length * work.stageBytes - roomAt;
  return { numbers: numbers.subarray(0, found), numbersAt, maskAt, roomAt, room };
}
