// Whether every element is a finite number, in SIMD, in place in the arena.
import type { Tensor } from "../tensor.ts";
import { columnsOf, GAPS, rowBytes, rowsOf } from "./rows.ts";
import type { Workspace } from "./workspace.ts";

/** The answer, or undefined unless x lies in the arena without gaps in its rows. */
export function allFinite(work: Workspace, x: Tensor): boolean | undefined {
  const xAt = work.address(x);
  const xRow = rowBytes(x);
  if (xAt < 0 || xRow === GAPS) return undefined;
  return work.kernels(x.data).all_finite(rowsOf(x), columnsOf(x), xAt, xRow) !== 0;
}
