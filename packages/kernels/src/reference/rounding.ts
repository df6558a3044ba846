// What storing a number in an array does to it.
import type { Tensor } from "../tensor.ts";

/** Rounds to float32 where t holds float32; a number of float64 is one already. */
export function roundingOf(t: Tensor): (x: number) => number {
  return t.data instanceof Float32Array ? Math.fround : identity;
}

const identity = (x: number): number => x;
