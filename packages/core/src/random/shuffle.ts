// A random order of n things, every order equally likely, fixed by its address.
import { ShapeError, ValueError } from "../errors.ts";
import type { StreamAddress } from "./address.ts";
import { WholeNumbers } from "./whole-numbers.ts";

/**
 * The numbers 0 … n−1 in an order that depends only on n, the seed and the stream's name.
 * Fisher–Yates: from the last place down, each place swaps with one at or before it.
 * @throws ValueError for an impossible n or seed, ShapeError for an `out` of another length.
 */
export function permutation(n: number, address: StreamAddress, out: Int32Array = newOrder(n)): Int32Array {
  if (out.length !== n)
    throw new ShapeError(`permutation: out has ${out.length} elements, and ${n} are needed`);
  const numbers = new WholeNumbers(address);
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = numbers.below(i + 1);
    const kept = out[i] ?? 0;
    out[i] = out[j] ?? 0;
    out[j] = kept;
  }
  return out;
}

function newOrder(n: number): Int32Array {
  if (Number.isInteger(n) && n >= 0 && n < 2 ** 31) return new Int32Array(n);
  throw new ValueError(`permutation: n is ${n}; a whole number from 0 to 2³¹ − 1 is needed`);
}
