// The right operand of a sparse product, packed: panels of as many columns as have their sums in registers at once.
//
// A wide b is read row by row, which a processor sees coming; panel after panel would read a few lines of every row, each
// in another page, and took a quarter of the whole product at 1024 × 784 × 1024.
import { lanes } from "../row";
import { VECTOR } from "./blocks";
import { MOST, vectorsAtOnce } from "./sparse-rows";

/** Bytes of a row of a panel. */
export const PANEL_ROW: i32 = MOST * VECTOR;

/** So many more panels than columns fill there may be: the last columns take up to three smaller ones instead of one. */
export const SMALLER_PANELS: i32 = 2;

/** Columns of a panel. */
// @ts-ignore: decorator
@inline
export function panelColumns<T>(): i32 {
  return MOST * lanes<T>();
}

/**
 * b (steps × n), any strides, n at least a vector → one panel of `steps` rows after the other, for the blocks of columns
 * that `vectorsAtOnce` gives. The last vector of a panel may overlap the one before.
 */
export function packPanels<T>(to: usize, b: usize, bRow: i32, bColumn: i32, steps: i32, n: i32): void {
  const size = <i32>sizeof<T>();
  for (let p = 0; p < steps; p++) {
    let left = (n + lanes<T>() - 1) / lanes<T>();
    let j = 0;
    let panel = to;
    while (left > 0) {
      const vectors = vectorsAtOnce(left);
      left -= vectors;
      const live = min(n - j, vectors * lanes<T>());
      const last = live - lanes<T>();
      const from = b + j * bColumn;
      for (let q = 0; q < last; q += lanes<T>()) v128.store(panel + q * size, loadApart<T>(from + q * bColumn, bColumn));
      v128.store(panel + last * size, loadApart<T>(from + last * bColumn, bColumn));
      panel += steps * PANEL_ROW;
      j += live;
    }
    to += PANEL_ROW;
    b += bRow;
  }
}

/** A vector of elements that lie `step` bytes apart. */
// @ts-ignore: decorator
@inline
function loadApart<T>(from: usize, step: i32): v128 {
  if (step == <i32>sizeof<T>()) return v128.load(from);
  let v = v128.load_splat<T>(from);
  v = v128.replace_lane<T>(v, 1, load<T>(from + step));
  if (sizeof<T>() == 4) {
    v = f32x4.replace_lane(v, 2, load<f32>(from + 2 * step));
    v = f32x4.replace_lane(v, 3, load<f32>(from + 3 * step));
  }
  return v;
}
