// Groups of four elements of a row: one register of float32 or two of float64, and the shorter group at a row's end.

/** Elements in a register. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** The first `live` lanes from memory, `rest` in the others; nothing past the live ones is read. */
// @ts-ignore: decorator
@inline
export function loadPart<T>(from: usize, live: i32, rest: T): v128 {
  let v = v128.splat<T>(rest);
  if (live > 0) v = v128.replace_lane<T>(v, 0, load<T>(from));
  if (live > 1) v = v128.replace_lane<T>(v, 1, load<T>(from, sizeof<T>()));
  if (sizeof<T>() == 4) {
    if (live > 2) v = f32x4.replace_lane(v, 2, load<f32>(from, 8));
    if (live > 3) v = f32x4.replace_lane(v, 3, load<f32>(from, 12));
  }
  return v;
}

/** Writes the first `live` lanes and nothing past them. */
// @ts-ignore: decorator
@inline
export function storePart<T>(to: usize, v: v128, live: i32): void {
  if (live > 0) store<T>(to, v128.extract_lane<T>(v, 0));
  if (live > 1) store<T>(to, v128.extract_lane<T>(v, 1), sizeof<T>());
  if (sizeof<T>() == 4) {
    if (live > 2) store<f32>(to, f32x4.extract_lane(v, 2), 8);
    if (live > 3) store<f32>(to, f32x4.extract_lane(v, 3), 12);
  }
}

/** A group of `live` elements, 0 in the lanes past them; a whole register where `live` is known to fill it. */
// @ts-ignore: decorator
@inline
export function loadGroup<T>(from: usize, live: i32): v128 {
  return live == lanes<T>() ? v128.load(from) : loadPart<T>(from, live, <T>0);
}

/** The reverse of `loadGroup`: nothing past the live elements is written. */
// @ts-ignore: decorator
@inline
export function storeGroup<T>(to: usize, v: v128, live: i32): void {
  if (live == lanes<T>()) v128.store(to, v);
  else storePart<T>(to, v, live);
}

/** The first `live` lanes of v, 0 in the others. */
// @ts-ignore: decorator
@inline
export function firstLanes<T>(v: v128, live: i32): v128 {
  if (sizeof<T>() == 4) return v128.and(v, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(live)));
  return v128.and(v, i64x2.lt_s(i64x2(0, 1), i64x2.splat(live)));
}

/** (lane 0 + lane 2) + (lane 1 + lane 3): the order of src/reference/row-sum.ts. `high` is read for float64 only. */
// @ts-ignore: decorator
@inline
export function sumLanes<T>(low: v128, high: v128): T {
  const pairs = v128.add<T>(low, sizeof<T>() == 4 ? i8x16.shuffle(low, low, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7) : high);
  return <T>(v128.extract_lane<T>(pairs, 0) + v128.extract_lane<T>(pairs, 1));
}

/** The largest lane. */
// @ts-ignore: decorator
@inline
export function maxLane<T>(v: v128): T {
  if (sizeof<T>() == 4) {
    v = f32x4.pmax(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  }
  const a = v128.extract_lane<T>(v, 0);
  const b = v128.extract_lane<T>(v, 1);
  return a < b ? b : a;
}
