// out[i] ← scale·source[rows[i]]: rows picked by number; bytes are turned into floats on the way, or stay bytes.
import { lanes, loadPart, storePart } from "./row";

/** Rows whose addresses are looked up in one go. */
const LOOKED_UP: i32 = 64;

/**
 * S is the source's type, u8 or T itself; bytes that stay bytes have no scale. `rows` are 32-bit numbers; all distances
 * are in bytes. Rows of a minibatch lie far apart: one byte of many rows is read first, so that their pages are looked up
 * at the same time, and then each row is asked for from memory while the one before it is at work.
 * Returns what was read ahead, of no meaning, only so that the compiler keeps those reads.
 */
// @ts-ignore: decorator
@inline
export function gatherRows<S, T>(
  count: i32, columns: i32, source: usize, sourceRow: i32, rows: usize, rowsStep: i32, out: usize, outRow: i32, scale: T,
): u32 {
  let ahead: u32 = 0;
  const last = max(0, columns * <i32>sizeof<S>() - 1);
  for (let i = 0; i < count; i++) {
    if (i % LOOKED_UP == 0 && columns > 0) {
      for (let j = 0; j < min(LOOKED_UP, count - i); j++) {
        const row = source + <usize>(load<u32>(rows + j * rowsStep) * <u32>sourceRow);
        ahead |= load<u8>(row) | load<u8>(row + last);
      }
    }
    // Modulo 2³², as all addresses: right for a negative distance too.
    const from = source + <usize>(load<u32>(rows) * <u32>sourceRow);
    rows += rowsStep;
    if (i + 1 < count) ahead |= touch(source + <usize>(load<u32>(rows) * <u32>sourceRow), columns * <i32>sizeof<S>());
    if (sizeof<T>() == 1) copyBytes(columns, from, out);
    else if (sizeof<S>() == 1) scaleBytes<T>(columns, from, out, scale);
    else scaleFloats<T>(columns, from, out, scale);
    out += outRow;
  }
  return ahead;
}

/** Reads one byte of every cache line of a row. */
// @ts-ignore: decorator
@inline
function touch(from: usize, bytes: i32): u32 {
  let all: u32 = 0;
  for (let at = 0; at < bytes; at += 64) all |= load<u8>(from + at);
  return all;
}

// @ts-ignore: decorator
@inline
function copyBytes(columns: i32, from: usize, to: usize): void {
  for (; columns >= 16; columns -= 16) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  for (; columns > 0; columns--) store<u8>(to++, load<u8>(from++));
}

// @ts-ignore: decorator
@inline
function scaleFloats<T>(columns: i32, from: usize, to: usize, scale: T): void {
  const factor = v128.splat<T>(scale);
  for (; columns >= lanes<T>(); columns -= lanes<T>()) {
    v128.store(to, v128.mul<T>(v128.load(from), factor));
    from += 16;
    to += 16;
  }
  if (columns > 0) storePart<T>(to, v128.mul<T>(loadPart<T>(from, columns, <T>0), factor), columns);
}

/** Sixteen bytes a time, then one by one: every byte is a float exactly, so either way there is one rounding. */
// @ts-ignore: decorator
@inline
function scaleBytes<T>(columns: i32, from: usize, to: usize, scale: T): void {
  const factor = v128.splat<T>(scale);
  for (; columns >= 16; columns -= 16) {
    const bytes = v128.load(from);
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    storeFour<T>(to, i32x4.extend_low_i16x8_u(low), factor);
    storeFour<T>(to + 4 * sizeof<T>(), i32x4.extend_high_i16x8_u(low), factor);
    storeFour<T>(to + 8 * sizeof<T>(), i32x4.extend_low_i16x8_u(high), factor);
    storeFour<T>(to + 12 * sizeof<T>(), i32x4.extend_high_i16x8_u(high), factor);
    from += 16;
    to += 16 * sizeof<T>();
  }
  for (; columns > 0; columns--) {
    store<T>(to, <T>load<u8>(from) * scale);
    from++;
    to += sizeof<T>();
  }
}

/** Four whole numbers from 0 to 255, converted as signed ones, which is one instruction on every machine. */
// @ts-ignore: decorator
@inline
function storeFour<T>(to: usize, four: v128, factor: v128): void {
  if (sizeof<T>() == 4) {
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(four), factor));
  } else {
    const last = i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
    v128.store(to, f64x2.mul(f64x2.convert_low_i32x4_s(four), factor));
    v128.store(to, f64x2.mul(f64x2.convert_low_i32x4_s(last), factor), 16);
  }
}
