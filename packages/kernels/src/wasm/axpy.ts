// y ← y + α·x in SIMD: in place in the arena, piece by piece through it elsewhere.
import type { Tensor } from "../tensor.ts";
import { columnsOf, GAPS, rowBytes, rowsOf } from "./rows.ts";
import { stagedElements } from "./staged-rows.ts";
import type { Workspace } from "./workspace.ts";

/** Where the variant fuses, it does so wherever the operands live. */
export function axpy(work: Workspace, alpha: number, x: Tensor, y: Tensor): void {
  if (axpyInPlace(work, alpha, x, y)) return;
  const kernel = work.kernels(y.data).axpy;
  stagedElements(work, [x, y], y, (rows, columns, [from, to], row) => {
    kernel(rows, columns, alpha, from, row, to, row);
  });
}

/** Whether x and y lie in the arena without gaps; if so, it is done. */
export function axpyInPlace(work: Workspace, alpha: number, x: Tensor, y: Tensor): boolean {
  const xAt = work.address(x);
  const yAt = work.address(y);
  if (xAt < 0 || yAt < 0) return false;
  const xRow = rowBytes(x);
  const yRow = rowBytes(y);
  if (xRow === GAPS || yRow === GAPS) return false;
  work.kernels(y.data).axpy(rowsOf(y), columnsOf(y), alpha, xAt, xRow, yAt, yRow);
  return true;
}
