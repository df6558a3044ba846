// Whole numbers below a bound, each equally likely, drawn one after another from a stream.
import { type StreamAddress, streamWords } from "./address.ts";
import { philox4x32 } from "./philox.ts";

const TWO_32 = 2 ** 32;

/** A source of whole numbers 0 ≤ j < bound, for bounds from 1 to 2³², made of the stream's words in order. */
export function wholeNumbers(address: StreamAddress): (bound: number) => number {
  const { key0, key1, counter2, counter3 } = streamWords(address);
  const words = new Uint32Array(4);
  let drawn = 0;
  const nextWord = (): number => {
    if (drawn % 4 === 0) {
      const block = drawn / 4;
      philox4x32(block >>> 0, Math.floor(block / TWO_32), counter2, counter3, key0, key1, words);
    }
    return words[drawn++ % 4] ?? 0;
  };
  return (bound) => {
    // 2³² is no multiple of most bounds: words beyond the last full multiple would favour small numbers.
    const limit = TWO_32 - (TWO_32 % bound);
    let word = nextWord();
    while (word >= limit) word = nextWord();
    return word % bound;
  };
}
