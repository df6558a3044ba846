// Lists of the nonzero elements of a's rows: their steps of k, 16 bits each, in natural order.
//
// Sixteen elements are compared with zero at once; each half of the sixteen bits picks the positions of its set bits
// from a table: no branch depends on the numbers. Where the rows are neighbours in memory instead of the steps (a is a
// transposed view), bits are first gathered for sixteen rows side by side, and then read across.

/** Bytes of the table of positions: 8 for each of the 256 bytes. */
export const POSITIONS: i32 = 2048;

/** table[byte] ← the positions of the byte's set bits. */
export function fillPositions(table: usize): void {
  for (let byte = 0; byte < 256; byte++) {
    let to = table + byte * 8;
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) store<u8>(to++, <u8>bit);
  }
}

/** Bytes of the list of a row of at most so many steps: the count, the entries, and what the last store spills. */
export function listBytes(steps: i32): i32 {
  return 8 + 2 * steps + 16;
}

/** Where the entries of a list begin. */
// @ts-ignore: decorator
@inline
export function entries(list: usize): usize {
  return list + 8;
}

/** Where they end. */
// @ts-ignore: decorator
@inline
export function entriesEnd(list: usize): usize {
  return list + 8 + 2 * load<u32>(list);
}

/** The list of one row, whose steps lie `step` bytes apart. */
export function listRow<T>(list: usize, row: usize, step: i32, steps: i32, table: usize): void {
  const size = <i32>sizeof<T>();
  let to = entries(list);
  let p = 0;
  if (step == size) {
    for (; p + 16 <= steps; p += 16) to = append(to, bits16<T>(row + p * size), p, table);
  }
  for (; p < steps; p += 16) to = append(to, bitsOfFew<T>(row + p * step, step, min(16, steps - p)), p, table);
  store<u32>(list, (to - entries(list)) >>> 1);
}

/**
 * The lists of up to sixteen rows that are neighbours in memory. `spare` holds 2·(steps + 16) bytes: for each step one
 * byte of bits for the first eight rows, and after those one for the others.
 */
export function listNeighbours<T>(
  lists: usize, listStride: i32, rows: i32, a: usize, step: i32, steps: i32, table: usize, spare: usize,
): void {
  const padded = (steps + 15) & -16;
  for (let p = steps; p < padded; p++) {
    store<u8>(spare + p, 0);
    store<u8>(spare + padded + p, 0);
  }
  for (let p = 0; p < steps; p++) {
    const bits = rows == 16 ? bits16<T>(a) : bitsOfFew<T>(a, sizeof<T>(), rows);
    store<u8>(spare + p, <u8>bits);
    store<u8>(spare + padded + p, <u8>(bits >> 8));
    a += step;
  }
  for (let i = 0; i < rows; i++) {
    const position: i32 = 1 << (i & 7);
    const bit = i8x16.splat(<i8>position);
    const from = i < 8 ? spare : spare + padded;
    let to = entries(lists);
    for (let p = 0; p < steps; p += 16) {
      to = append(to, i8x16.bitmask(i8x16.eq(v128.and(v128.load(from + p), bit), bit)), p, table);
    }
    store<u32>(lists, (to - entries(lists)) >>> 1);
    lists += listStride;
  }
}

/** Writes first + the position of every set bit of sixteen; returns where the next entry belongs. Spills past it. */
// @ts-ignore: decorator
@inline
function append(to: usize, bits: i32, first: i32, table: usize): usize {
  const low = bits & 255;
  const high = bits >>> 8;
  v128.store(to, i16x8.add(v128.load_ext<u8>(table + (low << 3)), i16x8.splat(<i16>first)));
  to += popcnt(low) << 1;
  v128.store(to, i16x8.add(v128.load_ext<u8>(table + (high << 3)), i16x8.splat(<i16>(first + 8))));
  return to + (popcnt(high) << 1);
}

/** Which of sixteen neighbours are not 0; NaN is not. */
// @ts-ignore: decorator
@inline
export function bits16<T>(from: usize): i32 {
  const m0 = notZero4<T>(from);
  const m1 = notZero4<T>(from + 4 * sizeof<T>());
  const m2 = notZero4<T>(from + 8 * sizeof<T>());
  const m3 = notZero4<T>(from + 12 * sizeof<T>());
  return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3)));
}

/** Four lanes of 32 bits, all ones where an element is not 0. */
// @ts-ignore: decorator
@inline
function notZero4<T>(from: usize): v128 {
  const zero = i32x4.splat(0);
  if (sizeof<T>() == 4) return f32x4.ne(v128.load(from), zero);
  return v128.shuffle<i32>(f64x2.ne(v128.load(from), zero), f64x2.ne(v128.load(from, 16), zero), 0, 2, 4, 6);
}

/** The same for fewer than sixteen, or for elements that lie apart. */
// @ts-ignore: decorator
@inline
export function bitsOfFew<T>(from: usize, step: i32, count: i32): i32 {
  let bits = 0;
  for (let q = 0; q < count; q++) {
    bits |= <i32>(load<T>(from) != <T>0) << q;
    from += step;
  }
  return bits;
}
