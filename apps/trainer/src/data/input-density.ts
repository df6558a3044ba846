// How much of the inputs is not zero: the same number for every process of a run, whichever rows it has read.
import type { Dataset } from "./dataset.ts";

/** So many rows tell the density of all to about a percent. */
const MOST_ROWS = 1024;
/** Wide rows tell more each, and reading them takes longer. */
const ENOUGH_VALUES = 2 ** 20;
/** Even of the widest, as they may differ. */
const FEWEST_ROWS = 64;

/** The rows that are counted, spread evenly over all of them. */
export function sampledRows({ rows, columns }: Pick<Dataset, "rows" | "columns">): Int32Array {
  const enough = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(ENOUGH_VALUES / columns)));
  const count = Math.min(rows, enough);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

/** The share of some values that is not 0, 0 to 1. */
export function densityOf(values: Dataset["images"]): number {
  return nonzerosFrom(values, 0, values.length) / values.length;
}

/** The share of the inputs that is not 0, 0 to 1; of a set that is read in part as its reader has found it. */
export function inputDensity(dataset: Pick<Dataset, "images" | "rows" | "columns" | "held">): number {
  const { images, columns, held } = dataset;
  if (held?.density !== undefined) return held.density;
  const first = held?.from ?? 0;
  const rows = sampledRows({ rows: held === undefined ? dataset.rows : held.to - first, columns });
  let nonzeros = 0;
  for (const row of rows) nonzeros += nonzerosFrom(images, row * columns, (row + 1) * columns);
  return nonzeros / (rows.length * columns);
}

function nonzerosFrom(values: Dataset["images"], start: number, end: number): number {
  let nonzeros = 0;
  for (let i = start; i < end; i++) if (values[i] !== 0) nonzeros += 1;
  return nonzeros;
}
