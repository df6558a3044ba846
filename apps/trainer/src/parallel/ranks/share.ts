// Which rows and which shards a rank has: whole-number arithmetic on sizes that every rank knows, and nothing else.
//
//   rows of the run   0 ─────────────┬──────────────┬─────────── … ── N      shard s = rows [⌊s·N/S⌋, ⌊(s+1)·N/S⌋)
//   step t of T       takes from every shard, of its n_s rows in the epoch's order, [⌊n_s·t/T⌋, ⌊n_s·(t+1)/T⌋)
//
// S is fixed by the run's options; a rank of P has S/P shards side by side. So no sum depends on P.
import type { TrainingOptions } from "../../options.ts";
import { type Range, rowsOf } from "../shards.ts";

/** Which rank of how many. */
export interface RankPlace {
  readonly rank: number;
  readonly size: number;
}

export const ONE_RANK: RankPlace = { rank: 0, size: 1 };

/** One rank's part of a run in shards. */
export interface ShardShare {
  /** S. */
  readonly shards: number;
  /** This rank's shards. */
  readonly own: Range;
  /** N: the training rows of the run. */
  readonly totalRows: number;
  /** This rank's training rows. */
  readonly rows: Range;
  /** T: steps of a whole epoch. */
  readonly steps: number;
  /** Most rows that this rank has in a step. */
  readonly batchRows: number;
  readonly place: RankPlace;
}

/** Undefined for a run of one shard: that is the plain step. The options have been judged to fit. */
export function shareOf(
  totalRows: number,
  { shards = 1, batchSize }: Pick<TrainingOptions, "shards" | "batchSize">,
  place: RankPlace = ONE_RANK,
): ShardShare | undefined {
  if (shards === 1) return undefined;
  const own = rowsOf(shards, place.size, place.rank);
  const steps = Math.ceil(totalRows / batchSize);
  const most = sumOver(own, (shard) => Math.ceil(sizeOf(rowsOf(totalRows, shards, shard)) / steps));
  const rows = {
    from: Math.floor((own.from * totalRows) / shards),
    to: Math.floor((own.to * totalRows) / shards),
  };
  return {
    shards,
    own,
    totalRows,
    rows,
    steps,
    batchRows: most,
    place: { rank: place.rank, size: place.size },
  };
}

/** The rows of a shard, as numbers of the run. */
export function shardRows({ totalRows, shards }: ShardShare, shard: number): Range {
  return rowsOf(totalRows, shards, shard);
}

/** Which of a shard's rows, counted in the epoch's order of that shard, step `step` (from 0) takes. */
export function stepRows(share: ShardShare, shard: number, step: number): Range {
  return rowsOf(sizeOf(shardRows(share, shard)), share.steps, step);
}

/** How many rows all ranks have learned from after so many steps of an epoch. */
export function rowsAfterSteps(share: ShardShare, steps: number): number {
  return sumOver({ from: 0, to: share.shards }, (shard) => stepRows(share, shard, steps).from);
}

/** The same for the rows of this rank. */
export function ownRowsAfterSteps(share: ShardShare, steps: number): number {
  return sumOver(share.own, (shard) => stepRows(share, shard, steps).from);
}

/** The rows that this rank judges: of the training rows its own, of any other set its even part. */
export function judgedRows(share: ShardShare | undefined, rows: number, ownTraining: boolean): Range {
  if (share === undefined) return { from: 0, to: rows };
  return ownTraining ? share.rows : rowsOf(rows, share.place.size, share.place.rank);
}

export function sizeOf({ from, to }: Range): number {
  return to - from;
}

function sumOver({ from, to }: Range, of: (index: number) => number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += of(index);
  return sum;
}
