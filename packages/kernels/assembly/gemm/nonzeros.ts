// Lists of the nonzero elements of a's rows, in natural order of k: the offset of the row of b that each one meets, and
// its value.
//
// A register is compared with zero, and the bits of the answer choose from a table how to move what is not zero to the
// front: no branch depends on the numbers. Where a's rows are neighbours in memory instead of its steps (a is a
// transposed view), square blocks are turned first.
import { lanes, loadPart } from "../row";
import { SPARSE_KC } from "./blocks";

/** Bytes of the table: a shuffle for each of 16 answers. */
export const SHUFFLES: i32 = 256;

/** table[bits] ← the shuffle that brings the chosen ones of four 32-bit lanes to the front. */
export function fillShuffles(table: usize): void {
  for (let bits = 0; bits < 16; bits++) {
    let to = table + bits * 16;
    for (let lane = 0; lane < 4; lane++) {
      if (bits & (1 << lane)) {
        store<u32>(to, 0x03020100 + lane * 0x04040404);
        to += 4;
      }
    }
    for (; to < table + bits * 16 + 16; to += 4) store<u32>(to, 0);
  }
}

/** Bytes from an entry's offset to its value: a block of steps, and what the last store of offsets spills. */
// @ts-ignore: decorator
@inline
export function toValue<T>(): usize {
  return SPARSE_KC * sizeof<T>() + 16;
}

/** Bytes of a list: the length of its entries in bytes, offsets, values. Each takes sizeof<T>() bytes of its own. */
export function bytesOfList<T>(): i32 {
  return 16 + 2 * <i32>toValue<T>();
}

/** Where the offsets of a list begin. */
// @ts-ignore: decorator
@inline
export function entries(list: usize): usize {
  return list + 16;
}

/** Where they end. */
// @ts-ignore: decorator
@inline
export function entriesEnd(list: usize): usize {
  return list + 16 + load<u32>(list);
}

/** The list of one row, whose steps lie `step` bytes apart and meet rows of b that lie bRow bytes apart. */
export function listRow<T>(list: usize, row: usize, step: i32, steps: i32, bRow: i32, table: usize): void {
  let to = entries(list);
  if (step != <i32>sizeof<T>()) to = appendApart<T>(to, row, step, steps, bRow);
  else {
    let offsets = firstOffsets<T>(bRow);
    const further = nextOffsets<T>(bRow);
    for (; steps >= lanes<T>(); steps -= lanes<T>()) {
      to = append<T>(to, v128.load(row), offsets, table);
      offsets = v128.add<i32>(offsets, further);
      row += 16;
    }
    if (steps > 0) to = append<T>(to, loadPart<T>(row, steps, <T>0), offsets, table);
  }
  store<u32>(list, to - entries(list));
}

/** The lists of as many rows as a register has lanes, if they are neighbours in memory; steps lie `step` bytes apart. */
export function listNeighbours<T>(
  lists: usize, stride: i32, a: usize, step: i32, steps: i32, bRow: i32, table: usize,
): void {
  let offsets = firstOffsets<T>(bRow);
  const further = nextOffsets<T>(bRow);
  const list1 = lists + stride;
  const list2 = list1 + stride;
  const list3 = list2 + stride;
  let to0 = entries(lists), to1 = entries(list1), to2 = entries(list2), to3 = entries(list3);
  for (; steps > 0; steps -= lanes<T>()) {
    const r0 = v128.load(a);
    const r1 = steps > 1 ? v128.load(a + step) : i32x4.splat(0);
    if (sizeof<T>() == 4) {
      const r2 = steps > 2 ? v128.load(a + 2 * step) : i32x4.splat(0);
      const r3 = steps > 3 ? v128.load(a + 3 * step) : i32x4.splat(0);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      to0 = append<T>(to0, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5), offsets, table);
      to1 = append<T>(to1, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), offsets, table);
      to2 = append<T>(to2, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), offsets, table);
      to3 = append<T>(to3, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), offsets, table);
    } else {
      to0 = append<T>(to0, v128.shuffle<f64>(r0, r1, 0, 2), offsets, table);
      to1 = append<T>(to1, v128.shuffle<f64>(r0, r1, 1, 3), offsets, table);
    }
    offsets = v128.add<i32>(offsets, further);
    a += lanes<T>() * step;
  }
  store<u32>(lists, to0 - entries(lists));
  store<u32>(list1, to1 - entries(list1));
  if (sizeof<T>() == 4) {
    store<u32>(list2, to2 - entries(list2));
    store<u32>(list3, to3 - entries(list3));
  }
}

/** Offsets of the first steps that a register of a holds; float64 has them in the low halves of its lanes. */
// @ts-ignore: decorator
@inline
function firstOffsets<T>(bRow: i32): v128 {
  if (sizeof<T>() == 4) return i32x4.mul(i32x4.splat(bRow), i32x4(0, 1, 2, 3));
  return i32x4.mul(i32x4.splat(bRow), i32x4(0, 0, 1, 0));
}

/** What they grow by from one register of a to the next. */
// @ts-ignore: decorator
@inline
function nextOffsets<T>(bRow: i32): v128 {
  return sizeof<T>() == 4 ? i32x4.splat(4 * bRow) : i64x2.splat(2 * bRow);
}

/** Appends the elements of a register that are not 0; NaN is not. Returns where the next belongs; spills past it. */
// @ts-ignore: decorator
@inline
function append<T>(to: usize, values: v128, offsets: v128, table: usize): usize {
  const bits = i32x4.bitmask(v128.ne<T>(values, i32x4.splat(0)));
  const shuffle = v128.load(table + (bits << 4));
  v128.store(to, chosen(offsets, shuffle));
  v128.store(to + toValue<T>(), chosen(values, shuffle));
  return to + (popcnt(bits) << 2);
}

// @ts-ignore: decorator
@inline
export function chosen(lanes: v128, shuffle: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? i8x16.relaxed_swizzle(lanes, shuffle) : i8x16.swizzle(lanes, shuffle);
}

/** Elements that lie apart, one by one. */
function appendApart<T>(to: usize, row: usize, step: i32, steps: i32, bRow: i32): usize {
  for (let p = 0; p < steps; p++) {
    const value = load<T>(row);
    store<u32>(to, p * bRow);
    store<T>(to + toValue<T>(), value);
    if (value != <T>0) to += sizeof<T>();
    row += step;
  }
  return to;
}
