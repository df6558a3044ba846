// The memory that ranks exchange gradients through, planned from sizes alone.
//
//   gradients   slice 0 | slice 1 | … | slice P−1          padded, so that all slices are of one length
//   sent        slice 0, words | slice 1, words | …        record j goes to rank j; the words are the same in all
//   received    slice of rank 0, its words | of rank 1, …  this rank's slice, as every rank has summed it
import type { Dtype } from "@gradloom/kernels";
import type { Place, PlaceCursor } from "../place.ts";
import { type ShardShare, sizeOf } from "./share.ts";
import { placesOfTree } from "./tree.ts";

export interface ExchangePlaces {
  /** The gradients, padded. */
  readonly gradients: Place<Dtype>;
  /** The sums on the way up the tree, of which the first become the gradients. */
  readonly levels: readonly Place<Dtype>[];
  /** Elements of a slice. */
  readonly slice: number;
  /** Only where there is more than one rank. */
  readonly records?: {
    readonly sent: Place<"uint8">;
    readonly received: Place<"uint8">;
    readonly bytes: number;
  };
}

/** Slices begin at cache lines, whatever the type of their elements. */
const ALIGNMENT = 16;
/** Room for a record's words. */
export const WORD_BYTES = 64;

/** @param length of the parameter vector */
export function exchangePlaces(
  { own, place }: ShardShare,
  length: number,
  dtype: Dtype,
  cursor: PlaceCursor,
): ExchangePlaces {
  const slice = Math.ceil(length / place.size / ALIGNMENT) * ALIGNMENT;
  const padded = slice * place.size;
  const gradients = cursor.place(dtype, [padded]);
  const further = placesOfTree(sizeOf(own)) - 1;
  const levels = [gradients, ...Array.from({ length: further }, () => cursor.place(dtype, [padded]))];
  if (place.size === 1) return { gradients, levels, slice };
  const bytes = slice * (dtype === "float32" ? 4 : 8) + WORD_BYTES;
  const record = (): Place<"uint8"> => cursor.place("uint8", [place.size * bytes]);
  return { gradients, levels, slice, records: { sent: record(), received: record(), bytes } };
}

/** The first `length` elements at a place. */
export function startOf(place: Place<Dtype>, length: number): Place<Dtype> {
  const bytes = (place.region.byteLength / (place.shape[0] ?? 1)) * length;
  return { ...place, shape: [length], region: { ...place.region, byteLength: bytes } };
}
