// out[i] ← scale·source[rows[i]] in SIMD, in place in the arena.
import { type ByteTensor, type IntegerTensor, isBytes, type Tensor } from "../tensor.ts";
import type { Gather } from "./exports.ts";
import { GAPS, rowBytes } from "./rows.ts";
import { numbersAddress, numbersStep } from "./whole-numbers.ts";
import type { Workspace } from "./workspace.ts";

/**
 * source (N,D), rows (R), out (R,D). False, with nothing done, unless source and out lie in the arena without gaps in
 * their rows; the row numbers may live anywhere.
 */
export function gatherRows(
  work: Workspace,
  source: Tensor | ByteTensor,
  rows: IntegerTensor,
  out: Tensor | ByteTensor,
  scale: number,
): boolean {
  const sourceAt = work.address(source);
  const outAt = work.address(out);
  if (sourceAt < 0 || outAt < 0) return false;
  const sourceRow = rowBytes(source);
  const outRow = rowBytes(out);
  if (sourceRow === GAPS || outRow === GAPS) return false;
  const rowsAt = numbersAddress(work, rows, work.stages[0]);
  if (rowsAt < 0) return false;
  const [count, columns] = out.shape;
  const kernel = kernelOf(work, source, out);
  kernel(
    count,
    columns,
    sourceAt,
    sourceRow,
    rowsAt,
    numbersStep(rows, rowsAt, work.stages[0]),
    outAt,
    outRow,
    scale,
  );
  return true;
}

function kernelOf(work: Workspace, source: Tensor | ByteTensor, out: Tensor | ByteTensor): Gather {
  if (isBytes(out)) return work.gatherBytes;
  const { gather_rows, gather_rows_u8 } = work.kernels(out.data);
  return isBytes(source) ? gather_rows_u8 : gather_rows;
}
