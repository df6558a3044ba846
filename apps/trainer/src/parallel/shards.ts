// Who computes what: each rank's rows of the minibatch, and each rank's slice of the parameters.
// With our own kernels no bit of a result depends on these cuts, only the time does; for a native BLAS see cuts.ts.
import type { ParameterLayout } from "@gradloom/core";
import type { CutPoints } from "./balance/cut-points.ts";

/** A half-open range: from ≤ i < to. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The rows of a batch that one rank computes: as even as whole rows allow, in order of rank. */
export function rowsOf(rows: number, worldSize: number, rank: number): Range {
  return { from: Math.floor((rows * rank) / worldSize), to: Math.floor((rows * (rank + 1)) / worldSize) };
}

/** The rows of one rank, where cuts are at fractions of them. */
export function rowsBetween(rows: number, points: CutPoints, rank: number): Range {
  const at = (cut: number): number => Math.round(rows * (points[cut] ?? 1));
  return { from: at(rank), to: at(rank + 1) };
}

/** One rank's part of one Affine layer's gradient. */
export interface AffineSlice {
  /** Which Affine layer, counted from 0. */
  readonly affine: number;
  /** Rows of W (and of dW). */
  readonly rows: Range;
  /** Whether this rank also sums db: the one that has W's last row. */
  readonly bias: boolean;
}

/** One rank's slice: parts of the gradients, and the same stretch of the flat parameter vector. */
export interface ParameterSlice {
  readonly affines: readonly AffineSlice[];
  readonly elements: Range;
}

/** Cuts fall on multiples of this many rows of W: the height of the matmul's register tile fits in it evenly. */
export const TILE_ROWS = 8;

/**
 * Cuts W1 b1 W2 b2 … into one contiguous slice per rank. A row of W costs what it has columns
 * (times the batch, which is the same for all); a bias rides along with the last row of its W.
 * @param points where to cut, as fractions of the whole cost: evenly, if left out
 */
export function parameterSlices(
  layout: ParameterLayout,
  depth: number,
  worldSize: number,
  points?: CutPoints,
): ParameterSlice[] {
  const weights = Array.from({ length: depth }, (_, affine) => {
    const W = layout.entries[`W${affine + 1}`];
    const b = layout.entries[`b${affine + 1}`];
    if (W === undefined || b === undefined)
      throw new RangeError(`the layout has no W${affine + 1} and b${affine + 1}`);
    const [rows = 0, columns = 0] = W.shape;
    return { W, b, rows, columns };
  });
  const total = weights.reduce((sum, { rows, columns }) => sum + rows * columns, 0);

  /** The first row, as [affine, row], at or after a share of the whole cost. */
  const cut = (rank: number): readonly [number, number] => {
    let cost = points === undefined ? (total * rank) / worldSize : total * (points[rank] ?? 1);
    for (const [affine, { rows, columns }] of weights.entries()) {
      if (cost < rows * columns) {
        const row = Math.min(rows, Math.round(cost / columns / TILE_ROWS) * TILE_ROWS);
        return row === rows ? [affine + 1, 0] : [affine, row];
      }
      cost -= rows * columns;
    }
    return [depth, 0];
  };
  const elementAt = ([affine, row]: readonly [number, number]): number => {
    const weight = weights[affine];
    return weight === undefined ? layout.length : weight.W.offset + row * weight.columns;
  };

  return Array.from({ length: worldSize }, (_, rank) => {
    const start = cut(rank);
    const end = cut(rank + 1);
    const affines = weights.flatMap(({ rows: height }, affine): AffineSlice[] => {
      const from = affine < start[0] ? height : affine === start[0] ? start[1] : 0;
      const to = affine < end[0] ? height : affine === end[0] ? end[1] : 0;
      return from < to ? [{ affine, rows: { from, to }, bias: to === height }] : [];
    });
    return { affines, elements: { from: elementAt(start), to: elementAt(end) } };
  });
}

/** Where each of so many parts of equal cost begins in the parameter vector, from its first element on. */
export function bucketStarts(layout: ParameterLayout, depth: number, buckets: number): readonly number[] {
  return parameterSlices(layout, depth, buckets).map(({ elements }) => elements.from);
}
