// Random numbers with an address: the i-th number of a named stream, whoever asks and in whatever order.
import { type StreamAddress, streamWords } from "./address.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { philox4x32 } from "./philox.ts";

/** One stream. `uniform(i)` and `normal(i)` are two faces of the same draw: use one of them per stream. */
export interface RandomStream {
  /** The i-th number, uniform in the open interval (0, 1): (k + ½)·2⁻⁵² for a random 52-bit k. */
  uniform(i: number): number;
  /** The i-th number, standard normal: the normal quantile of `uniform(i)`. */
  normal(i: number): number;
}

const TWO_26 = 2 ** 26;
const TWO_32 = 2 ** 32;
const TWO_52 = 2 ** 52;

/**
 * The stream of a seed and a purpose, for example `random({ seed: 7, stream: "init/W1" }).normal(0)`.
 * Number i is made of words 2(i mod 2) and 2(i mod 2) + 1 of Philox block ⌊i/2⌋.
 * @throws ValueError for an impossible seed.
 */
export function random(address: StreamAddress): RandomStream {
  const { key0, key1, counter2, counter3 } = streamWords(address);
  const words = new Uint32Array(4);
  let filled = -1;

  function uniform(i: number): number {
    const block = Math.floor(i / 2);
    if (block !== filled) {
      philox4x32(block >>> 0, Math.floor(block / TWO_32), counter2, counter3, key0, key1, words);
      filled = block;
    }
    const first = i % 2 === 0 ? 0 : 2;
    const high = (words[first] ?? 0) >>> 6; // 26 bits
    const low = (words[first + 1] ?? 0) >>> 6; // 26 bits
    return (high * TWO_26 + low + 0.5) / TWO_52;
  }

  return { uniform, normal: (i) => normalQuantile(uniform(i)) };
}
