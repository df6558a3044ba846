// Where in Philox's space a stream lies: the seed is the key, the stream's name the upper half of the counter.
import { ValueError } from "../errors.ts";

/** What a random number is for. Streams with other names, or another seed, have nothing in common. */
export interface StreamAddress {
  /** Any whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** A name for the purpose, such as "init/W1" or "shuffle/epoch-3". */
  readonly stream: string;
}

/** The four words that are the same for a whole stream; the counter's lower two words count its blocks. */
export interface StreamWords {
  readonly key0: number;
  readonly key1: number;
  readonly counter2: number;
  readonly counter3: number;
}

const TWO_32 = 2 ** 32;
const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** key = seed (64 bits, low word first); counter words 2 and 3 = FNV-1a (64 bits, low word first) of the name. */
export function streamWords({ seed, stream }: StreamAddress): StreamWords {
  requireSeed(seed);
  const name = fnv1a64(stream);
  return {
    key0: seed >>> 0,
    key1: Math.floor(seed / TWO_32),
    counter2: Number(name & 0xffffffffn),
    counter3: Number(name >> 32n),
  };
}

/** @throws ValueError unless the seed is a whole number from 0 to 2⁵³ − 1. */
export function requireSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new ValueError(
    `the seed is ${seed}; a whole number from 0 to ${Number.MAX_SAFE_INTEGER} is needed, such as 0`,
  );
}

/** 64-bit FNV-1a of the text in UTF-8: for each byte, xor it in, then multiply by the prime. */
export function fnv1a64(text: string): bigint {
  let hash = FNV_OFFSET;
  for (const character of text) {
    for (const byte of utf8(character.codePointAt(0) ?? 0)) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
    }
  }
  return hash;
}

function utf8(code: number): number[] {
  if (code < 0x80) return [code];
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}
