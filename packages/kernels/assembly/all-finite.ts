// Whether no element is NaN or infinite, on rows without gaps between their elements.
import { lanes, loadPart } from "./row";

/** x − x is 0 for a finite number and NaN for any other: one bit that is set in any lane tells. */
// @ts-ignore: decorator
@inline
export function allFinite<T>(rows: i32, columns: i32, x: usize, xRow: i32): bool {
  if (xRow == columns * <i32>sizeof<T>()) {
    columns *= rows;
    rows = 1;
  }
  let d0 = i32x4.splat(0), d1 = i32x4.splat(0), d2 = i32x4.splat(0), d3 = i32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    let from = x;
    let left = columns;
    for (; left >= 4 * lanes<T>(); left -= 4 * lanes<T>()) {
      d0 = v128.or(d0, difference<T>(v128.load(from)));
      d1 = v128.or(d1, difference<T>(v128.load(from, 16)));
      d2 = v128.or(d2, difference<T>(v128.load(from, 32)));
      d3 = v128.or(d3, difference<T>(v128.load(from, 48)));
      from += 64;
    }
    for (; left >= lanes<T>(); left -= lanes<T>()) {
      d0 = v128.or(d0, difference<T>(v128.load(from)));
      from += 16;
    }
    if (left > 0) d0 = v128.or(d0, difference<T>(loadPart<T>(from, left, <T>0)));
    x += xRow;
  }
  return !v128.any_true(v128.or(v128.or(d0, d1), v128.or(d2, d3)));
}

// @ts-ignore: decorator
@inline
function difference<T>(x: v128): v128 {
  return v128.sub<T>(x, x);
}
