// Whole numbers below a bound, each equally likely, drawn one after another from a stream.
import { type StreamAddress, type StreamWords, streamWords } from "./address.ts";
import { philox4x32 } from "./philox.ts";

const TWO_32 = 2 ** 32;
/** Words made at a time: a long loop is compiled soon, and a program's first shuffle is its slowest. */
const WORDS = 256;

/** Made of the stream's words in order. */
export class WholeNumbers {
  readonly #stream: StreamWords;
  readonly #words = new Uint32Array(WORDS);
  #block = 0;
  #drawn = WORDS;

  constructor(address: StreamAddress) {
    this.#stream = streamWords(address);
  }

  /** The next one: 0 ≤ j < bound, for bounds from 1 to 2³². */
  below(bound: number): number {
    if (bound === TWO_32) return this.#next();
    // 2³² is no multiple of most bounds: words from its last multiple on would favour small numbers. All are unsigned
    // words, which the engine divides as whole numbers; 2³² mod bound is (2³² − bound) mod bound.
    const divisor = bound >>> 0;
    const last = 0xffffffff - ((-bound >>> 0) % divisor);
    let word = this.#next();
    while (word > last) word = this.#next();
    return word % divisor;
  }

  #next(): number {
    if (this.#drawn === WORDS) {
      fill(this.#words, this.#stream, this.#block);
      this.#block += WORDS / 4;
      this.#drawn = 0;
    }
    return this.#words[this.#drawn++] ?? 0;
  }
}

/** The words of the stream's blocks from `first` on. */
function fill(words: Uint32Array, { key0, key1, counter2, counter3 }: StreamWords, first: number): void {
  for (let i = 0; i < words.length; i += 4) {
    const block = first + i / 4;
    philox4x32(block >>> 0, Math.floor(block / TWO_32), counter2, counter3, key0, key1, words, i);
  }
}
