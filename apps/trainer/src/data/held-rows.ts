// Sets of which this process has read only some rows: those of its part in a run of several processes.
import type { Dataset } from "./dataset.ts";

/** A half-open range of row numbers: from ≤ i < to. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The rows of a set that a process has read, where others have the rest. */
export interface HeldRows extends RowRange {
  /** SHA-256 of a few rows of the whole set, which every process has looked at: theirs must be equal. */
  readonly probe: string;
  /** Of training rows: the share of values that is not 0, in rows of the whole set that every process has looked at. */
  readonly density?: number;
}

/** Which rows `images` has: all, but for a set with `held`. */
export function heldRows({ held, rows }: Pick<Dataset, "held" | "rows">): RowRange {
  return held ?? { from: 0, to: rows };
}

/** The rows that are here as a set of their own, as views of the same memory; a whole set is its own. */
export function heldPart(dataset: Dataset): Dataset {
  const { held, ...all } = dataset;
  if (held === undefined) return dataset;
  const { from, to } = held;
  return { ...all, labels: all.labels.subarray(from, to), rows: to - from };
}
