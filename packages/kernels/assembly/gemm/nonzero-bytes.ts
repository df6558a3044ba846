// Lists of the nonzero bytes of a's rows, such as pixels, in the form of nonzeros.ts: the values are scale·byte.
//
//   bytes  0 7 0 0 9 …  ──►  what is not zero, moved to the front: values 7 9 …, numbers 1 4 …  ──►  offsets, floats
//
// The bits of a comparison choose from a table how to move eight bytes, so no branch depends on the numbers, and only
// what is left is made a float. Where a's rows are neighbours in memory (a is a transposed view), they are turned first.
import { BYTES_ROOM, SPARSE_KC } from "./blocks";
import { chosen, entries, toValue } from "./nonzeros";
import { SIXTEEN, TURN_ROOM, TURNED_ROW, turn } from "./turn-bytes";

/** Bytes of the table: a shuffle of eight pairs of bytes for each of 256 answers. */
const SHUFFLES: i32 = 256 * 16;
/** Where rows are turned. */
const TURNING: i32 = SHUFFLES;
/** Where the bytes go that are not zero, each with its number behind it, with room for what the last store spills. */
const KEPT: i32 = TURNING + TURN_ROOM;

/** room[bits] ← the shuffle that brings the chosen ones of eight pairs to the front; once, before the first list. */
export function fillByteShuffles(room: usize): void {
  if (KEPT + 2 * SPARSE_KC + 16 > BYTES_ROOM) ERROR("BYTES_ROOM is too small");
  if (SPARSE_KC % SIXTEEN != 0 || SPARSE_KC > 256) ERROR("SPARSE_KC must be a multiple of 16 that fits a byte");
  for (let bits = 0; bits < 256; bits++) {
    let to = room + bits * 16;
    v128.store(to, i8x16.splat(0));
    for (let lane = 0; lane < 8; lane++) {
      if (bits & (1 << lane)) {
        store<u16>(to, 0x0100 + lane * 0x0202);
        to += 2;
      }
    }
  }
}

/** The lists, `stride` bytes apart, of rows of at most SPARSE_KC steps that meet rows of b bRow bytes apart. */
export function listBytes<T>(
  lists: usize, stride: i32, rows: i32, a: usize, aRow: i32, aColumn: i32, steps: i32, bRow: i32, scale: T, room: usize,
): void {
  if (aRow != 1 || aColumn == 1 || rows < SIXTEEN) {
    for (let i = 0; i < rows; i++) {
      const end = aColumn == 1
        ? keep(room + KEPT, a + i * aRow, steps, room)
        : keepApart(room + KEPT, a + i * aRow, aColumn, steps);
      list<T>(lists + i * stride, end, bRow, scale, room);
    }
    return;
  }
  for (let i = 0; i < rows; i += SIXTEEN) {
    // The last rows again, where there are no sixteen left.
    const first = min(i, rows - SIXTEEN);
    const turned = turn(a + first, aColumn, steps, room + TURNING);
    for (let row = 0; row < SIXTEEN; row++) {
      const end = keep(room + KEPT, turned + row * TURNED_ROW, (steps + SIXTEEN - 1) & -SIXTEEN, room);
      list<T>(lists + (first + row) * stride, end, bRow, scale, room);
    }
  }
}

/** Moves the nonzero bytes of a row to the front, each with its number behind it. Returns where the last one ends. */
function keep(to: usize, row: usize, steps: i32, room: usize): usize {
  if (steps < SIXTEEN) return keepApart(to, row, 1, steps);
  let numbers = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const end = row + (steps & -SIXTEEN);
  for (let at = row; at < end; at += SIXTEEN) {
    const bytes = v128.load(at);
    to = append(to, bytes, numbers, notZero(bytes), room);
    numbers = i8x16.add(numbers, i8x16.splat(<i8>SIXTEEN));
  }
  const left = steps & (SIXTEEN - 1);
  if (left == 0) return to;
  // The last sixteen again, without those that were among the ones before.
  const bytes = v128.load(end + left - SIXTEEN);
  numbers = i8x16.add(numbers, i8x16.splat(<i8>(left - SIXTEEN)));
  return append(to, bytes, numbers, notZero(bytes) & (0xffff << (SIXTEEN - left)), room);
}

/** A bit for each of sixteen bytes. */
// @ts-ignore: decorator
@inline
function notZero(bytes: v128): i32 {
  return i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0))) ^ 0xffff;
}

/** Appends those of sixteen bytes, and of their numbers, whose bits are set. */
// @ts-ignore: decorator
@inline
function append(to: usize, bytes: v128, numbers: v128, bits: i32, room: usize): usize {
  const low = bits & 0xff;
  const high = bits >> 8;
  const lows = i8x16.shuffle(bytes, numbers, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const highs = i8x16.shuffle(bytes, numbers, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(to, chosen(lows, v128.load(room + (low << 4))));
  to += popcnt(low) << 1;
  v128.store(to, chosen(highs, v128.load(room + (high << 4))));
  return to + (popcnt(high) << 1);
}

/** The same for bytes that lie `step` apart, or for a few, one by one. */
function keepApart(to: usize, row: usize, step: i32, steps: i32): usize {
  for (let p = 0; p < steps; p++) {
    const byte = <i32>load<u8>(row);
    store<u16>(to, byte | (p << 8));
    to += i32(byte != 0) << 1;
    row += step;
  }
  return to;
}

/** The list of what was kept up to `end`, eight entries at a time. */
// @ts-ignore: decorator
@inline
function list<T>(at: usize, end: usize, bRow: i32, scale: T, room: usize): void {
  const from = room + KEPT;
  const factor = v128.splat<T>(scale);
  const distance = i32x4.splat(bRow);
  let to = entries(at);
  for (let pairs = from; pairs < end; pairs += 16) {
    const eight = v128.load(pairs);
    const values = v128.and(eight, i16x8.splat(0xff));
    const numbers = i16x8.shr_u(eight, 8);
    four<T>(to, i32x4.extend_low_i16x8_u(values), i32x4.extend_low_i16x8_u(numbers), factor, distance);
    to += 4 * sizeof<T>();
    four<T>(to, i32x4.extend_high_i16x8_u(values), i32x4.extend_high_i16x8_u(numbers), factor, distance);
    to += 4 * sizeof<T>();
  }
  store<u32>(at, (end - from) / 2 * sizeof<T>());
}

/** Four entries: whole numbers from 0 to 255 become floats, and numbers of steps become offsets. */
// @ts-ignore: decorator
@inline
function four<T>(to: usize, values: v128, numbers: v128, factor: v128, distance: v128): void {
  const offsets = i32x4.mul(numbers, distance);
  if (sizeof<T>() == 4) {
    v128.store(to, offsets);
    v128.store(to + toValue<T>(), f32x4.mul(f32x4.convert_i32x4_s(values), factor));
  } else {
    const lastValues = i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
    v128.store(to, i64x2.extend_low_i32x4_u(offsets));
    v128.store(to, i64x2.extend_high_i32x4_u(offsets), 16);
    v128.store(to + toValue<T>(), f64x2.mul(f64x2.convert_low_i32x4_s(values), factor));
    v128.store(to + toValue<T>(), f64x2.mul(f64x2.convert_low_i32x4_s(lastValues), factor), 16);
  }
}
