// Which rows go into a part of the data: seeded, and with every class in its share.
import { permutation } from "@gradloom/core";

/** Row numbers. Each row is in one of the two. */
export interface RowSplit {
  readonly kept: Int32Array<ArrayBuffer>;
  /** round(share · rows) of them, but at least one, and never all. */
  readonly taken: Int32Array<ArrayBuffer>;
}

/**
 * Takes a share of the rows. Both parts are in a random order (so that the first n of them are a fair sample), which
 * the seed and the purpose decide, as they decide who is taken. Of each class the part gets its share of rows, rounded
 * up or down: rows are shuffled, laid out class by class, and every (1/share)-th is taken, as in systematic sampling.
 */
export function splitRows(
  labels: Uint8Array | Int32Array,
  share: number,
  { seed, purpose }: { readonly seed: number; readonly purpose: string },
): RowSplit {
  const rows = labels.length;
  const count = Math.min(rows - 1, Math.max(1, Math.round(share * rows)));
  const order = permutation(rows, { seed, stream: `split/${purpose}` });
  const isTaken = new Uint8Array(rows);
  for (const [place, row] of byClass(order, labels).entries()) {
    // Place p is taken when ⌊(p + 1)·count/rows⌋ is one more than ⌊p·count/rows⌋, in whole numbers.
    if (((place * count) % rows) + count >= rows) isTaken[row] = 1;
  }
  return {
    kept: order.filter((row) => isTaken[row] === 0) as Int32Array<ArrayBuffer>,
    taken: order.filter((row) => isTaken[row] === 1) as Int32Array<ArrayBuffer>,
  };
}

/** The rows sorted by class, each class in the given order: a counting sort. */
function byClass(order: Int32Array, labels: Uint8Array | Int32Array): Int32Array {
  const next: number[] = [];
  for (const label of labels) next[label] = (next[label] ?? 0) + 1;
  let start = 0;
  for (let label = 0; label < next.length; label++) {
    const count = next[label] ?? 0;
    next[label] = start;
    start += count;
  }
  const sorted = new Int32Array(order.length);
  for (const row of order) {
    const label = labels[row] ?? 0;
    const place = next[label] ?? 0;
    sorted[place] = row;
    next[label] = place + 1;
  }
  return sorted;
}
