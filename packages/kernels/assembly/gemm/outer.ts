// c ← c + alpha·(a·b) for a column a and a row b: what one sample does to a matrix of weights.
import { multiplyAdd } from "../multiply-add";
import { lanes, loadPart, storePart } from "../row";
import { BYTES_AT, SPARSE_KC, TABLE } from "./blocks";
import { listBytes } from "./nonzero-bytes";
import { entries, entriesEnd, listRow } from "./nonzeros";
import { MOST, vectorsAtOnce } from "./sparse-rows";

/**
 * a (m,1), b (1,n), c (m,n), the columns of b and c without gaps. With SPARSE the rows of c where a is 0 are not
 * touched; with KEEP an element keeps its bits where the product is 0. Both are constants where this is called, and
 * everything is inlined, so that no branch on them is left inside. S is the type of a: T, or with SPARSE u8 for
 * elements of scale·byte.
 */
// @ts-ignore: decorator
@inline
export function outer<S, T>(
  SPARSE: bool, KEEP: bool, m: i32, n: i32, a: usize, aRow: i32, b: usize, c: usize, cRow: i32, alpha: T, scratch: usize,
  scale: T,
): void {
  const factor = v128.splat<T>(alpha);
  if (!SPARSE) {
    columns<T>(false, KEEP, n, m, a, aRow, b, c, cRow, factor);
    return;
  }
  for (let i = 0; i < m; i += SPARSE_KC) {
    const steps = min(SPARSE_KC, m - i);
    if (sizeof<S>() == 1) listBytes<T>(scratch, 0, 1, a + i * aRow, 0, aRow, steps, cRow, scale, scratch + BYTES_AT);
    else listRow<T>(scratch, a + i * aRow, aRow, steps, cRow, scratch + TABLE);
    columns<T>(true, KEEP, n, 0, scratch, 0, b, c + i * cRow, cRow, factor);
  }
}

/** Block after block of the columns: of the rows listed at a, or of m rows, whose elements of a begin there. */
// @ts-ignore: decorator
@inline
function columns<T>(
  LISTED: bool, KEEP: bool, n: i32, m: i32, a: usize, aRow: i32, b: usize, c: usize, cRow: i32, factor: v128,
): void {
  const size = <i32>sizeof<T>();
  let left = (n + lanes<T>() - 1) / lanes<T>();
  let j = 0;
  while (left > 0) {
    const vectors = n < lanes<T>() ? 0 : vectorsAtOnce(left);
    left -= max(1, vectors);
    const live = min(n - j, max(1, vectors) * lanes<T>());
    const last = (live - lanes<T>()) * size;
    const bAt = b + j * size;
    const cAt = c + j * size;
    if (vectors == MOST) rows<T>(LISTED, MOST, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    else if (vectors == 8) rows<T>(LISTED, 8, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    else if (vectors == 4) rows<T>(LISTED, 4, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    else if (vectors == 3) rows<T>(LISTED, 3, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    else if (vectors == 2) rows<T>(LISTED, 2, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    else if (vectors == 1) rows<T>(LISTED, 1, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    else rows<T>(LISTED, 0, KEEP, m, a, aRow, live, bAt, last, cAt, cRow, factor);
    j += live;
  }
}

/** c ← c + factor·(x·b) in V vectors of each row, x its element of a; in `live` elements, less than one, for V = 0. */
// @ts-ignore: decorator
@inline
function rows<T>(
  LISTED: bool, V: i32, KEEP: bool, m: i32, a: usize, aRow: i32, live: i32, b: usize, last: i32, c: usize, cRow: i32,
  factor: v128,
): void {
  if (LISTED) {
    const end = entriesEnd(a);
    for (let entry = entries(a); entry != end; entry += sizeof<T>()) {
      const x = v128.load_splat<T>(entry, SPARSE_KC * sizeof<T>() + 16);
      addRow<T>(V, KEEP, x, live, b, last, c + load<u32>(entry), factor);
    }
    return;
  }
  for (let i = 0; i < m; i++) {
    addRow<T>(V, KEEP, v128.load_splat<T>(a), live, b, last, c, factor);
    a += aRow;
    c += cRow;
  }
}

/** The same for one row. */
// @ts-ignore: decorator
@inline
function addRow<T>(V: i32, KEEP: bool, x: v128, live: i32, b: usize, last: i32, c: usize, factor: v128): void {
  if (V > 0) addVectors<T>(V, KEEP, x, b, last, c, factor);
  else storePart<T>(c, added<T>(KEEP, factor, x, loadPart<T>(b, live, <T>0), loadPart<T>(c, live, <T>0)), live);
}

/**
 * V vectors that follow one another, but the last stands `last` bytes after the first: at a row's end it overlaps the
 * one before it, and is computed from c as it was, so that both store the same.
 */
// @ts-ignore: decorator
@inline
function addVectors<T>(V: i32, KEEP: bool, x: v128, b: usize, last: i32, c: usize, factor: v128): void {
  const end = added<T>(KEEP, factor, x, v128.load(b + last), v128.load(c + last));
  if (V > 1) v128.store(c, added<T>(KEEP, factor, x, v128.load(b), v128.load(c)));
  if (V > 2) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 16), v128.load(c, 16)), 16);
  if (V > 3) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 32), v128.load(c, 32)), 32);
  if (V > 4) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 48), v128.load(c, 48)), 48);
  if (V > 5) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 64), v128.load(c, 64)), 64);
  if (V > 6) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 80), v128.load(c, 80)), 80);
  if (V > 7) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 96), v128.load(c, 96)), 96);
  if (V > 8) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 112), v128.load(c, 112)), 112);
  if (V > 9) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 128), v128.load(c, 128)), 128);
  if (V > 10) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 144), v128.load(c, 144)), 144);
  if (V > 11) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 160), v128.load(c, 160)), 160);
  if (V > 12) v128.store(c, added<T>(KEEP, factor, x, v128.load(b, 176), v128.load(c, 176)), 176);
  v128.store(c + last, end);
}

/** c + factor·(0 + x·b), in the two roundings that a product of its own and axpy take; with KEEP c itself where x·b is 0. */
// @ts-ignore: decorator
@inline
function added<T>(KEEP: bool, factor: v128, x: v128, b: v128, c: v128): v128 {
  return scaledSum<T>(KEEP, factor, multiplyAdd<T>(x, b, i32x4.splat(0)), c);
}

/** c + factor·sum; with KEEP c itself where the sum is 0. */
// @ts-ignore: decorator
@inline
export function scaledSum<T>(KEEP: bool, factor: v128, sum: v128, c: v128): v128 {
  const result = multiplyAdd<T>(factor, sum, c);
  if (!KEEP) return result;
  const isZero = v128.eq<T>(sum, i32x4.splat(0));
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_laneselect<i8>(c, result, isZero) : v128.bitselect(c, result, isZero);
}
