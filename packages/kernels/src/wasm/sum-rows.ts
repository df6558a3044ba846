// out ← Σ over the batch axis, in SIMD, in place in the arena.
import type { Tensor } from "../tensor.ts";
import { GAPS, rowBytes } from "./rows.ts";
import type { Workspace } from "./workspace.ts";

/** x (N,M), out (M). False, with nothing done, unless both lie in the arena without gaps in their rows. */
export function sumRows(work: Workspace, x: Tensor, out: Tensor): boolean {
  const xAt = work.address(x);
  const outAt = work.address(out);
  if (xAt < 0 || outAt < 0) return false;
  const xRow = rowBytes(x);
  if (xRow === GAPS || rowBytes(out) === GAPS) return false;
  work.kernels(x.data).sum_rows(x.shape[0], x.shape[1], xAt, xRow, outAt);
  return true;
}
