// The memory that ranks exchange gradients through, planned from sizes alone.
//
//   gradients   bucket K−1 | … | bucket 1 | bucket 0       bucket 0, the end of the vector, is ready first
//   a bucket    slice 0 | slice 1 | … | slice P−1          all of one length: only the end of bucket 0 is padded
//   sent        slice 0, words | slice 1, words | …        record j goes to rank j; the words are the same in all
//   received    slice of rank 0, its words | of rank 1, …  this rank's slice, as every rank has summed it
import type { Dtype } from "@gradloom/kernels";
import type { Place, PlaceCursor } from "../place.ts";
import { type ShardShare, sizeOf } from "./share.ts";
import { placesOfTree } from "./tree.ts";

/** A stretch of the gradients that is exchanged by itself. */
export interface Bucket {
  /** Its first element. */
  readonly from: number;
  /** Elements of a slice of it. */
  readonly slice: number;
  /** Only where there is more than one rank. */
  readonly records?: {
    readonly sent: Place<"uint8">;
    readonly received: Place<"uint8">;
    readonly bytes: number;
  };
}

export interface ExchangePlaces {
  /** The gradients, padded. */
  readonly gradients: Place<Dtype>;
  /** The sums on the way up the tree, of which the first become the gradients. */
  readonly levels: readonly Place<Dtype>[];
  /** In the order in which they are computed: from the end of the vector on. */
  readonly buckets: readonly Bucket[];
}

/** Slices begin at cache lines, whatever the type of their elements. */
const ALIGNMENT = 16;
/** Room for a record's words. */
export const WORD_BYTES = 64;

/**
 * @param length of the parameter vector
 * @param starts where the computing of each bucket begins, from the last on: the first is 0
 */
export function exchangePlaces(
  { own, place }: ShardShare,
  length: number,
  starts: readonly number[],
  dtype: Dtype,
  cursor: PlaceCursor,
): ExchangePlaces {
  const cuts = exchangeCuts(starts, length, place.size);
  const padded = cuts.at(-1) ?? 0;
  const gradients = cursor.place(dtype, [padded]);
  const further = placesOfTree(sizeOf(own)) - 1;
  const levels = [gradients, ...Array.from({ length: further }, () => cursor.place(dtype, [padded]))];
  const buckets = starts.map((_, i): Bucket => {
    const [from = 0, to = 0] = cuts.slice(i);
    const slice = (to - from) / place.size;
    if (place.size === 1) return { from, slice };
    const bytes = slice * (dtype === "float32" ? 4 : 8) + WORD_BYTES;
    const record = (): Place<"uint8"> => cursor.place("uint8", [place.size * bytes]);
    return { from, slice, records: { sent: record(), received: record(), bytes } };
  });
  return { gradients, levels, buckets: buckets.reverse() };
}

/**
 * Where each bucket begins to be exchanged, and where the last one ends. Sent is what is whole: the first elements of a
 * bucket's computing may have to wait for the next one's.
 */
export function exchangeCuts(starts: readonly number[], length: number, ranks: number): readonly number[] {
  const grain = ALIGNMENT * ranks;
  return [...starts, length].map((element) => Math.ceil(element / grain) * grain);
}

/** The first `length` elements at a place. */
export function startOf(place: Place<Dtype>, length: number): Place<Dtype> {
  const bytes = (place.region.byteLength / (place.shape[0] ?? 1)) * length;
  return { ...place, shape: [length], region: { ...place.region, byteLength: bytes } };
}
