// A few rows that every process looks at, whichever rows it holds: other data show in them.
import { createHash } from "node:crypto";
import type { Dataset } from "../dataset.ts";

/** Rows spread evenly over a set: another set of the same size differs in them all, a spoilt copy likely in some. */
const PROBED_ROWS = 64;

/** Which rows of so many. */
export function probedRows(rows: number): Int32Array {
  const count = Math.min(rows, PROBED_ROWS);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

/** SHA-256 of those rows' values, in hexadecimal. */
export function probeOf({ buffer, byteOffset, byteLength }: Dataset["images"]): string {
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex");
}

/** The same of a set, as whoever has read all of it finds it, or whoever has not has found it. */
export function probeOfSet({ held, images, rows, columns }: Dataset): string {
  if (held !== undefined) return held.probe;
  const hash = createHash("sha256");
  for (const row of probedRows(rows)) {
    const { buffer, byteOffset, byteLength } = images.subarray(row * columns, (row + 1) * columns);
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}
