// Packs a module's bytes into a short text: repetitions are told as distances back (Ziv and Lempel, 1977), as
// src/wasm/unpack.ts reads them. A module of SIMD kernels repeats itself much: the text is about 0.35 of its length.

/** The shortest repetition that is worth the two or three bytes that tell of it. */
const SHORTEST = 4;
/** How many earlier places with the same first bytes are tried: more are slower and save nothing to speak of. */
const TRIED = 256;

interface Repetition {
  readonly length: number;
  readonly distance: number;
}

/** The text from which `unpack` makes these bytes again. */
export function pack(bytes: Uint8Array): string {
  const packed: number[] = [];
  const number = (value: number): void => {
    for (; value > 127; value >>>= 7) packed.push((value & 127) | 128);
    packed.push(value);
  };
  number(bytes.length);
  const places = new Map<number, number[]>();
  const remember = (at: number): void => {
    const key = firstBytes(bytes, at);
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else known.push(at);
  };
  let plainFrom = 0;
  for (let at = 0; at <= bytes.length; ) {
    const found = at < bytes.length ? longest(bytes, at, places.get(firstBytes(bytes, at))) : undefined;
    if (at < bytes.length && found === undefined) {
      remember(at++);
      continue;
    }
    number(at - plainFrom);
    for (const byte of bytes.subarray(plainFrom, at)) packed.push(byte);
    if (found === undefined) break;
    number(found.length);
    number(found.distance);
    for (const end = at + found.length; at < end; ) remember(at++);
    plainFrom = at;
    if (at === bytes.length) break;
  }
  return Buffer.from(packed).toString("base64").replaceAll("=", "");
}

function firstBytes(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

/** The longest of the tried repetitions, the nearest of equals: a short distance takes fewer bytes. */
function longest(bytes: Uint8Array, at: number, places: readonly number[] = []): Repetition | undefined {
  let best: Repetition | undefined;
  for (const from of places.slice(-TRIED).reverse()) {
    let length = 0;
    while (at + length < bytes.length && bytes[from + length] === bytes[at + length]) length++;
    if (length >= SHORTEST && length > (best?.length ?? 0)) best = { length, distance: at - from };
  }
  return best;
}
