// How a view looks to BLAS: rows (or columns) without gaps, at a fixed distance from each other. Anything else it
// cannot take.
import type { Tensor } from "../tensor.ts";

/** CBLAS counts in 32 bits. */
const MOST = 2 ** 31 - 1;

/** The distance between t's rows when the elements of each are neighbours, or 0 when they are not. */
export function rowDistance({ shape, stride }: Tensor): number {
  return distance(shape[0], shape[1], stride[0], stride[1]);
}

/** The distance between t's columns when the elements of each are neighbours, or 0 when they are not. */
export function columnDistance({ shape, stride }: Tensor): number {
  return distance(shape[1], shape[0], stride[1], stride[0]);
}

/** A single row or column has no distance: the least that BLAS accepts stands for it. */
function distance(lines: number, length: number, between: number, within: number): number {
  if (lines > MOST || length > MOST || (length > 1 && within !== 1)) return 0;
  if (lines <= 1) return Math.max(1, length);
  return between >= length && between > 0 && between <= MOST ? between : 0;
}
