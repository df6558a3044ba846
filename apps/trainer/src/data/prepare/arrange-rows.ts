// Puts the rows of a matrix into another order in place, so that parts of the data become views and not copies.
import type { Dataset } from "../dataset.ts";

/** Row i of the matrix becomes what row order[i] was. `order` holds each row once. One row of memory is needed. */
export function arrangeRows(values: Dataset["images"], columns: number, order: Int32Array): void {
  const done = new Uint8Array(order.length);
  const kept = values.slice(0, columns);
  for (let start = 0; start < order.length; start++) {
    if (done[start] === 1) continue;
    // A cycle: the first row is put aside, each place takes the row it waits for, and the last takes the first.
    kept.set(values.subarray(start * columns, (start + 1) * columns));
    let place = start;
    for (let from = order[place] ?? 0; from !== start; from = order[place] ?? 0) {
      values.copyWithin(place * columns, from * columns, (from + 1) * columns);
      done[place] = 1;
      place = from;
    }
    values.set(kept, place * columns);
    done[place] = 1;
  }
}

/** Rows from ≤ i < to, as views of the same memory. */
export function rowsBetween(dataset: Dataset, from: number, to: number): Dataset {
  const { columns } = dataset;
  return {
    ...dataset,
    images: dataset.images.subarray(from * columns, to * columns),
    labels: dataset.labels.subarray(from, to),
    rows: to - from,
  };
}
