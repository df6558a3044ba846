// out[i] ← scale·source[rows[i]] in SIMD, in place in the arena.
import type { IntegerTensor, Tensor } from "../tensor.ts";
import { rowBytes } from "./rows.ts";
import { numbersAddress, numbersStep } from "./whole-numbers.ts";
import type { Workspace } from "./workspace.ts";

/**
 * source (N,D), rows (R), out (R,D). False, with nothing done, unless source and out lie in the arena without gaps in
 * their rows; the row numbers may live anywhere.
 */
export function gatherRows(
  work: Workspace,
  source: Tensor | IntegerTensor<Uint8Array>,
  rows: IntegerTensor,
  out: Tensor,
  scale: number,
): boolean {
  const sourceAt = work.address(source);
  const outAt = work.address(out);
  if (sourceAt < 0 || outAt < 0) return false;
  const sourceRow = rowBytes(source);
  const outRow = rowBytes(out);
  if (Number.isNaN(sourceRow) || Number.isNaN(outRow)) return false;
  const rowsAt = numbersAddress(work, rows, work.stages[0]);
  if (rowsAt < 0) return false;
  const { gather_rows, gather_rows_u8 } = work.kernels(out.data);
  const kernel = source.data instanceof Uint8Array ? gather_rows_u8 : gather_rows;
  const [count, columns] = out.shape;
  kernel(count, columns, sourceAt, sourceRow, rowsAt, numbersStep(work, rows), outAt, outRow, scale);
  return true;
}
