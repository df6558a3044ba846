// softmax and log softmax of rows without gaps between their elements; out may be x.
import { exp } from "./exp";
import { log } from "./log";
import { lanes, loadPart, maxLane, storePart, sumLanes } from "./row";

/** out ← softmax(x), row by row; xRow and outRow are the bytes from one row to the next. */
export function softmaxRows<T>(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  for (let i = 0; i < rows; i++) {
    const sum = exponentials<T>(columns, x, out, rowMax<T>(columns, x), false);
    divide<T>(columns, out, v128.splat<T>(sum));
    x += xRow;
    out += outRow;
  }
}

/** out ← log softmax(x), row by row. */
export function logSoftmaxRows<T>(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  for (let i = 0; i < rows; i++) {
    const sum = exponentials<T>(columns, x, out, rowMax<T>(columns, x), true);
    subtract<T>(columns, out, v128.splat<T>(<T>log(<f64>sum)));
    x += xRow;
    out += outRow;
  }
}

/** The largest element, −Infinity for none; a NaN is passed over, it spoils the sum in any case. */
// @ts-ignore: decorator
@inline
export function rowMax<T>(columns: i32, x: usize): T {
  let max = v128.splat<T>(<T>-Infinity);
  let j = 0;
  for (; j + lanes<T>() <= columns; j += lanes<T>()) {
    max = v128.pmax<T>(max, v128.load(x));
    x += 16;
  }
  if (j < columns) max = v128.pmax<T>(max, loadPart<T>(x, columns - j, <T>-Infinity));
  return maxLane<T>(max);
}

/** out ← exp(x − max), or x − max itself if `shiftedOnly`; returns Σ exp(x − max). Lanes past the end add exp(−∞) = 0. */
// @ts-ignore: decorator
@inline
export function exponentials<T>(columns: i32, x: usize, out: usize, max: T, shiftedOnly: bool): T {
  const top = v128.splat<T>(max);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let shifted = v128.sub<T>(v128.load(x), top);
    let e = exp<T>(shifted);
    low = v128.add<T>(low, e);
    if (sizeof<T>() == 8) {
      const second = v128.sub<T>(v128.load(x, 16), top);
      v128.store(out, shiftedOnly ? shifted : e);
      shifted = second;
      e = exp<T>(shifted);
      high = v128.add<T>(high, e);
      v128.store(out, shiftedOnly ? shifted : e, 16);
    } else {
      v128.store(out, shiftedOnly ? shifted : e);
    }
    x += 4 * sizeof<T>();
    out += 4 * sizeof<T>();
  }
  const live = columns - j;
  if (live > 0) {
    let shifted = v128.sub<T>(loadPart<T>(x, live, <T>-Infinity), top);
    let e = exp<T>(shifted);
    low = v128.add<T>(low, e);
    storePart<T>(out, shiftedOnly ? shifted : e, live);
    if (sizeof<T>() == 8 && live > 2) {
      shifted = v128.sub<T>(loadPart<T>(x + 16, live - 2, <T>-Infinity), top);
      e = exp<T>(shifted);
      high = v128.add<T>(high, e);
      storePart<T>(out + 16, shiftedOnly ? shifted : e, live - 2);
    }
  }
  return sumLanes<T>(low, high);
}

/** out ← out / by. */
// @ts-ignore: decorator
@inline
export function divide<T>(columns: i32, out: usize, by: v128): void {
  let j = 0;
  for (; j + lanes<T>() <= columns; j += lanes<T>()) {
    v128.store(out, v128.div<T>(v128.load(out), by));
    out += 16;
  }
  if (j < columns) storePart<T>(out, v128.div<T>(loadPart<T>(out, columns - j, <T>0), by), columns - j);
}

// @ts-ignore: decorator
@inline
function subtract<T>(columns: i32, out: usize, amount: v128): void {
  let j = 0;
  for (; j + lanes<T>() <= columns; j += lanes<T>()) {
    v128.store(out, v128.sub<T>(v128.load(out), amount));
    out += 16;
  }
  if (j < columns) storePart<T>(out, v128.sub<T>(loadPart<T>(out, columns - j, <T>0), amount), columns - j);
}
