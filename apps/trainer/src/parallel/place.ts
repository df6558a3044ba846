// Where arrays lie in a run's one memory: plain numbers, planned before a byte is allocated and sent to workers once.
import { Arena, type ArenaArray, type ArenaDtype, type LinearMemory, type Region } from "@gradloom/kernels";
import type { NdArray } from "ndarray";

/** Where one array lies, and what it is. */
export interface Place<D extends ArenaDtype = ArenaDtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly region: Region;
}

const ITEM_BYTES = { uint8: 1, int32: 4, float32: 4, float64: 8 } as const;
/** A cache line: no two workers' arrays share one. */
const ALIGNMENT = 64;

/** Hands out one place after the other; address 0 stays free, as in C. */
export class PlaceCursor {
  #next = ALIGNMENT;

  /** Bytes that a memory needs to hold every place handed out so far. */
  get byteLength(): number {
    return this.#next;
  }

  place<D extends ArenaDtype>(dtype: D, shape: readonly number[]): Place<D> {
    const length = shape.reduce((product, size) => product * size, 1);
    return { dtype, shape, region: this.region(length * ITEM_BYTES[dtype]) };
  }

  region(byteLength: number): Region {
    const byteOffset = this.#next;
    this.#next += Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
    return { byteOffset, byteLength };
  }
}

/** The array at a place: the same memory, in whichever thread. */
export function viewOf<D extends ArenaDtype>(memory: LinearMemory, place: Place<D>): NdArray<ArenaArray<D>> {
  return new Arena(memory, place.region).allocate(place.dtype, place.shape);
}
