// Philox4x32-10: a block of 128 random bits for every (counter, key), computed, not remembered.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3" (SC 2011).

const ROUNDS = 10;
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
/** Weyl steps of the key: the golden ratio and √3 − 1 as 32-bit fractions. */
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** The upper 32 bits of the 64-bit product, as a signed number: from products of 16-bit halves, in whole numbers alone. */
function upperProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Neither sum reaches 2³²: no carry is lost.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const other = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16)) | 0;
}

/**
 * out[at … at + 3] ← the block of counter (c0, c1, c2, c3) under key (k0, k1); all words are unsigned 32-bit.
 * Allocates nothing.
 */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
  at = 0,
): void {
  let x0 = c0;
  let x1 = c1;
  let x2 = c2;
  let x3 = c3;
  let key0 = k0;
  let key1 = k1;
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(M0, x0);
    const high0 = upperProduct(M0, x0);
    const low1 = Math.imul(M1, x2);
    const high1 = upperProduct(M1, x2);
    x0 = high1 ^ x1 ^ key0;
    x1 = low1;
    x2 = high0 ^ x3 ^ key1;
    x3 = low0;
    key0 = (key0 + W0) | 0;
    key1 = (key1 + W1) | 0;
  }
  out[at] = x0;
  out[at + 1] = x1;
  out[at + 2] = x2;
  out[at + 3] = x3;
}
