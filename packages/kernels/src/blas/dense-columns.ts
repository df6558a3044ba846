// Which columns of a matrix of bytes have few zeros, if to multiply them apart pays. They are counted anew for every product:
// it depends on its operands alone, whoever computes it.
import type { Workspace } from "../wasm/workspace.ts";

/** A column of a larger share of nonzeros is dense: there both take equally long (measured at 1024 × 784 × 1024, AVX-512). */
const DENSE_FROM = 0.2;
/** Fewer dense columns than this are not worth a call; of more than half their scratch memory holds too few at once. */
const LEAST_DENSE = 32;
const MOST_DENSE = 0.5;
/** Of so many columns of the result their rows of the other operand must fit the scratch memory, or calls are too thin. */
const LEAST_ACROSS = 256;
/** What a dense column costs in all, of what the library takes to multiply it: it is picked out, its row elsewhere copied. */
const COST = 1.25;
/** What must be saved, of what the library takes to multiply all columns. Nonzeros that lie anywhere save nothing. */
const LEAST_GAIN = 0.1;

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

/** Undefined where it does not pay. */
export function denseColumns(
  work: Workspace,
  { at, row, rows, columns }: Bytes,
  elementBytes: number,
): DenseColumns | undefined {
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
  let nonzeros = 0;
  for (let j = 0; j < columns; j++) {
    const isDense = counts[j] > DENSE_FROM * rows;
    mask[j] = isDense ? 0 : 255;
    if (!isDense) continue;
    nonzeros += counts[j];
    numbers[found++] = j;
  }
  if (found < LEAST_DENSE || found > MOST_DENSE * columns) return undefined;
  if (found * elementBytes * LEAST_ACROSS > work.blockBytes) return undefined;
  if (nonzeros / (DENSE_FROM * rows) - COST * found < LEAST_GAIN * columns) return undefined;
  const room = countsAt + work.stages.length * work.stageBytes - roomAt;
  return { numbers: numbers.subarray(0, found), numbersAt, maskAt, roomAt, room };
}
