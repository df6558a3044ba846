// Sixteen rows of bytes that are neighbours in memory, step by step, turned into rows whose steps are neighbours.
import { SPARSE_KC } from "./blocks";

/** Rows that are turned at once. */
export const SIXTEEN: i32 = 16;
/** Bytes from one turned row to the next: the most steps, a multiple of sixteen. */
export const TURNED_ROW: i32 = SPARSE_KC;
/** Where the turned rows go, behind a square for the last steps. */
const TURNED: i32 = 8 * SIXTEEN;
/** Bytes of memory that rows are turned in. */
export const TURN_ROOM: i32 = TURNED + SIXTEEN * TURNED_ROW;

/**
 * Turns sixteen rows, whose steps lie `step` bytes apart, in `room`. Zeros follow their steps up to a multiple of
 * sixteen. Returns where the first row is.
 */
export function turn(a: usize, step: i32, steps: i32, room: usize): usize {
  let to = room + TURNED;
  let p = 0;
  for (; p + 8 <= steps; p += 8) {
    turnEight(to + p, a, step);
    turnEight(to + p + 8 * TURNED_ROW, a + 8, step);
    a += 8 * step;
  }
  if (p < steps) {
    for (let i = 0; i < 8; i++) {
      v128.store(room + i * SIXTEEN, p + i < steps ? v128.load(a + i * step) : i8x16.splat(0));
    }
    turnEight(to + p, room, SIXTEEN);
    turnEight(to + p + 8 * TURNED_ROW, room + 8, SIXTEEN);
    p += 8;
  }
  if (p & 8) for (let row = 0; row < SIXTEEN; row++) store<u64>(to + p + row * TURNED_ROW, 0);
  return to;
}

/** Eight by eight bytes: pairs, then fours, then eights of a row come together. */
// @ts-ignore: decorator
@inline
function turnEight(to: usize, from: usize, step: i32): void {
  const p01 = inTurn(from, from + step);
  const p23 = inTurn(from + 2 * step, from + 3 * step);
  const p45 = inTurn(from + 4 * step, from + 5 * step);
  const p67 = inTurn(from + 6 * step, from + 7 * step);
  const low03 = v128.shuffle<i16>(p01, p23, 0, 8, 1, 9, 2, 10, 3, 11);
  const high03 = v128.shuffle<i16>(p01, p23, 4, 12, 5, 13, 6, 14, 7, 15);
  const low47 = v128.shuffle<i16>(p45, p67, 0, 8, 1, 9, 2, 10, 3, 11);
  const high47 = v128.shuffle<i16>(p45, p67, 4, 12, 5, 13, 6, 14, 7, 15);
  storeTwo(to, v128.shuffle<i32>(low03, low47, 0, 4, 1, 5));
  storeTwo(to + 2 * TURNED_ROW, v128.shuffle<i32>(low03, low47, 2, 6, 3, 7));
  storeTwo(to + 4 * TURNED_ROW, v128.shuffle<i32>(high03, high47, 0, 4, 1, 5));
  storeTwo(to + 6 * TURNED_ROW, v128.shuffle<i32>(high03, high47, 2, 6, 3, 7));
}

/** Eight bytes of one step and eight of the next, in turn. */
// @ts-ignore: decorator
@inline
function inTurn(one: usize, next: usize): v128 {
  const x = v128.load64_zero(one);
  const y = v128.load64_zero(next);
  return i8x16.shuffle(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Eight bytes of one row, and of the one below it. */
// @ts-ignore: decorator
@inline
function storeTwo(to: usize, rows: v128): void {
  v128.store64_lane(to, rows, 0);
  v128.store64_lane(to, rows, 1, TURNED_ROW);
}
