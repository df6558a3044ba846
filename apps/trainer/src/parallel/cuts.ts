// Who computes which pieces of a step, and where they are cut. Our own kernels give every row and every element the same
// bits wherever the cuts are, so they are cut by the number of workers. A native BLAS adds in another order for another
// size, so there the cuts are fixed by the run's configuration, and workers take whole pieces. With the option pieces 4:
//
//   rows of a minibatch   0 ── 25 ── 50 ── 75 ── 100     1 worker: all four; 2 workers: two each; 3 workers: 1, 1 and 2
//   parameters            four slices in the same way
import type { ParameterLayout } from "@gradloom/core";
import type { BackendName } from "@gradloom/kernels";
import { MOST_WORKERS } from "../option-rules.ts";
import type { TrainingOptions } from "../options.ts";
import { type CutPoints, evenPoints } from "./balance/cut-points.ts";
import { EVALUATED_AT_ONCE } from "./memory-layout.ts";
import { type ParameterSlice, parameterSlices, type Range, rowsBetween, rowsOf } from "./shards.ts";

/** Two cores are what most machines have at least: a run that began on one core can go on with two workers. */
const FEWEST_USUAL_PIECES = 2;
/** A piece of fewer lines takes as long as this one: what a product reads of W is most of its work. */
const SMALL_PIECE = 8;

/** Whether the bits of a run's products depend on their sizes. A batch of one row is one piece on one worker anyway. */
export function needsFixedCuts(backend: BackendName, batchSize: number): boolean {
  return backend === "blas" && batchSize > 1;
}

/**
 * The option `pieces` of a run that does not name it: a piece for every core. Each product reads all of its other operand
 * anew, so more of them cost. Measured on OpenBLAS, products of 1024×784×1024: four instead of two a tenth of the time,
 * eight a quarter; of 100×784×50: nothing that could be told from the noise.
 */
export function usualPieces(cores: number): number {
  return Math.min(MOST_WORKERS, Math.max(FEWEST_USUAL_PIECES, cores));
}

/** How many pieces lines are cut into: so many as the run has, or fewer where they would be small. */
export function piecesOf(lines: number, pieces: number): number {
  return Math.min(pieces, Math.max(1, Math.floor(lines / SMALL_PIECE)));
}

/** Who asks, of how many, and whether the cuts may follow that number. */
export interface Cutter {
  readonly rank: number;
  readonly worldSize: number;
  readonly fixedCuts: boolean;
  /** The run's option `pieces`: only where the cuts are fixed. */
  readonly pieces: number;
}

/** The options that fixed cuts follow. */
export type CutOptions = Pick<TrainingOptions, "batchSize" | "shards"> & { readonly pieces: number };

/**
 * The stretches of rows that one worker computes in phase 1, each by products of its own.
 * @param parts rows of the minibatch by shard; a plain step has one
 * @param points where to cut, if the cuts are not fixed
 */
export function rowPieces(
  parts: readonly number[],
  { rank, worldSize, fixedCuts, pieces }: Cutter,
  points: CutPoints = evenPoints(worldSize),
): Range[] {
  const all = parts.reduce((sum, rows) => sum + rows, 0);
  if (!fixedCuts) return [rowsBetween(all, points, rank)].filter(({ from, to }) => from < to);
  let first = 0;
  const cuts = parts.flatMap((rows) => {
    const start = first;
    first += rows;
    return rows === 0 ? [] : cut({ from: start, to: first }, piecesOf(rows, pieces));
  });
  const { from, to } = rowsOf(cuts.length, worldSize, rank);
  return cuts.slice(from, to);
}

/** A bucket of the parameters: `at` of `of` parts of equal cost, counted from the end of the vector, where backward begins. */
export interface BucketPlace {
  readonly at: number;
  readonly of: number;
}

/**
 * The parameters that one worker has in phase 2, or in one bucket of it: with fixed cuts some of the slices, each with
 * products of its own, and then their number is a multiple of that of the buckets.
 * @param points where to cut, if the cuts are not fixed and there is one bucket
 */
export function ownParameters(
  layout: ParameterLayout,
  depth: number,
  { rank, worldSize, fixedCuts, pieces }: Cutter,
  { at, of }: BucketPlace = { at: 0, of: 1 },
  points?: CutPoints,
): ParameterSlice {
  const slices = fixedCuts
    ? parameterSlices(layout, depth, slicesOf(layout, pieces))
    : parameterSlices(layout, depth, of * worldSize, points);
  const each = slices.length / of;
  if (!Number.isInteger(each))
    throw new RangeError(`${slices.length} slices cannot be dealt out to ${of} buckets`);
  const first = (of - 1 - at) * each;
  const mine = rowsOf(each, worldSize, rank);
  const own = slices.slice(first + mine.from, first + mine.to);
  const elements = { from: own[0]?.elements.from ?? 0, to: own.at(-1)?.elements.to ?? 0 };
  return { affines: own.flatMap(({ affines }) => affines), elements };
}

/**
 * More workers than this have nothing to do where the cuts are fixed.
 * @param ranks processes that share the run's shards, each with workers of its own: a divisor of their number
 */
export function mostWorkers(
  layout: ParameterLayout,
  { batchSize, shards = 1, pieces }: CutOptions,
  ranks = 1,
): number {
  const rowPiecesOfRank = (shards / ranks) * piecesOf(Math.ceil(batchSize / shards), pieces);
  return Math.max(rowPiecesOfRank, slicesOf(layout, pieces));
}

/** Rows that are evaluated at once where the cuts are fixed: as many as every worker has room for, however many there are. */
export function fixedBlock(layout: ParameterLayout, options: CutOptions): number {
  const { batchSize, shards = 1 } = options;
  const room = shards === 1 ? Math.floor(batchSize / mostWorkers(layout, options)) : 0;
  return Math.max(EVALUATED_AT_ONCE, room);
}

/** Slices of the parameters where the cuts are fixed. */
export function slicesOf({ entries }: ParameterLayout, pieces: number): number {
  const weights = Object.values(entries).filter(({ shape }) => shape.length === 2);
  return piecesOf(
    weights.reduce((rows, { shape }) => rows + (shape[0] ?? 0), 0),
    pieces,
  );
}

function cut({ from, to }: Range, count: number): Range[] {
  return Array.from({ length: count }, (_, i) => {
    const part = rowsOf(to - from, count, i);
    return { from: from + part.from, to: from + part.to };
  });
}
