// out ← x + b for every row, in SIMD, in place in the arena.
import type { Tensor } from "../tensor.ts";
import { GAPS, rowBytes } from "./rows.ts";
import type { Workspace } from "./workspace.ts";

/** x (N,M), b (M), out (N,M). False, with nothing done, unless all lie in the arena without gaps in their rows. */
export function addBias(work: Workspace, x: Tensor, b: Tensor, out: Tensor): boolean {
  const xAt = work.address(x);
  const bAt = work.address(b);
  const outAt = work.address(out);
  if (xAt < 0 || bAt < 0 || outAt < 0) return false;
  const xRow = rowBytes(x);
  const outRow = rowBytes(out);
  if (xRow === GAPS || outRow === GAPS || rowBytes(b) === GAPS) return false;
  work.kernels(x.data).add_bias(x.shape[0], x.shape[1], xAt, xRow, bAt, outAt, outRow);
  return true;
}
