// One row of c at a time where b is a transposed view: b's steps of k are neighbours, and its columns lie apart.
//
// As many columns as a register has lanes are read along k, a register of each, and turned, so that the sums take their
// products in natural order of k as everywhere.
import { multiplyAdd } from "../multiply-add";
import { lanes, loadPart, storePart } from "../row";

/** c (1 × n) ← [c +] a (1 × k)·b (k × n), where the steps of b and the columns of c are neighbours. Strides in bytes. */
export function rowProductTransposed<T>(
  n: i32, k: i32, a: usize, aColumn: i32, b: usize, bColumn: i32, c: usize, accumulate: bool,
): void {
  for (let j = 0; j < n; j += lanes<T>()) {
    const live = min(lanes<T>(), n - j);
    // Lanes that hang over the edge compute with the last column again, and nobody looks at them.
    const b1 = b + min(1, live - 1) * bColumn;
    const b2 = b + min(2, live - 1) * bColumn;
    const b3 = b + min(3, live - 1) * bColumn;
    let s = accumulate ? loadPart<T>(c, live, <T>0) : i32x4.splat(0);
    let p = 0;
    let x = a;
    for (; p + lanes<T>() <= k; p += lanes<T>()) {
      const at = p * sizeof<T>();
      const c0 = v128.load(b + at), c1 = v128.load(b1 + at);
      if (sizeof<T>() == 4) {
        const c2 = v128.load(b2 + at), c3 = v128.load(b3 + at);
        const low01 = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7);
        const low23 = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
        s = multiplyAdd<T>(v128.load_splat<T>(x), v128.shuffle<f32>(low01, low23, 0, 1, 4, 5), s);
        s = multiplyAdd<T>(v128.load_splat<T>(x + aColumn), v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), s);
        s = multiplyAdd<T>(v128.load_splat<T>(x + 2 * aColumn), v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), s);
        s = multiplyAdd<T>(v128.load_splat<T>(x + 3 * aColumn), v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), s);
      } else {
        s = multiplyAdd<T>(v128.load_splat<T>(x), v128.shuffle<f64>(c0, c1, 0, 2), s);
        s = multiplyAdd<T>(v128.load_splat<T>(x + aColumn), v128.shuffle<f64>(c0, c1, 1, 3), s);
      }
      x += lanes<T>() * aColumn;
    }
    for (; p < k; p++) {
      const at = p * sizeof<T>();
      let row = v128.splat<T>(load<T>(b + at));
      row = v128.replace_lane<T>(row, 1, load<T>(b1 + at));
      if (sizeof<T>() == 4) {
        row = f32x4.replace_lane(row, 2, load<f32>(b2 + at));
        row = f32x4.replace_lane(row, 3, load<f32>(b3 + at));
      }
      s = multiplyAdd<T>(v128.load_splat<T>(x), row, s);
      x += aColumn;
    }
    storePart<T>(c, s, live);
    b += lanes<T>() * bColumn;
    c += 16;
  }
}
