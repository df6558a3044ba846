// out ← Σ over the rows of x, in their order, from zero: columns side by side in registers, every sum on its own.
import { lanes, loadPart, storePart } from "./row";

/** x (rows × columns), xRow bytes from one row to the next; out (columns) without gaps. */
// @ts-ignore: decorator
@inline
export function sumRows<T>(rows: i32, columns: i32, x: usize, xRow: i32, out: usize): void {
  // Four registers: an addition waits only for the one before it in its own column.
  for (; columns >= 4 * lanes<T>(); columns -= 4 * lanes<T>()) {
    let s0 = i32x4.splat(0), s1 = i32x4.splat(0), s2 = i32x4.splat(0), s3 = i32x4.splat(0);
    let p = x;
    for (let i = 0; i < rows; i++) {
      s0 = v128.add<T>(s0, v128.load(p));
      s1 = v128.add<T>(s1, v128.load(p, 16));
      s2 = v128.add<T>(s2, v128.load(p, 32));
      s3 = v128.add<T>(s3, v128.load(p, 48));
      p += xRow;
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    x += 64;
    out += 64;
  }
  for (; columns >= lanes<T>(); columns -= lanes<T>()) {
    let s = i32x4.splat(0);
    let p = x;
    for (let i = 0; i < rows; i++) {
      s = v128.add<T>(s, v128.load(p));
      p += xRow;
    }
    v128.store(out, s);
    x += 16;
    out += 16;
  }
  if (columns > 0) {
    let s = i32x4.splat(0);
    for (let i = 0; i < rows; i++) {
      s = v128.add<T>(s, loadPart<T>(x, columns, <T>0));
      x += xRow;
    }
    storePart<T>(out, s, columns);
  }
}
