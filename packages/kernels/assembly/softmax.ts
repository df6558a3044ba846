// softmax and log softmax of rows without gaps between their elements; out may be x.
import { areModerate, exp, expOfModerate } from "./exp";
import { log } from "./log";
import { firstLanes, lanes, loadPart, maxLane, storePart, sumLanes } from "./row";

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

/**
 * out ← exp(x − max), or x − max itself if `shiftedOnly`; returns Σ exp(x − max) in the order of
 * src/reference/row-sum.ts: the first of two registers of float64 adds to other lanes than the second.
 */
// @ts-ignore: decorator
@inline
export function exponentials<T>(columns: i32, x: usize, out: usize, max: T, shiftedOnly: bool): T {
  const top = v128.splat<T>(max);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  // Two registers a time, so that one exp need not wait for the other.
  for (; columns >= 2 * lanes<T>(); columns -= 2 * lanes<T>()) {
    const first = v128.sub<T>(v128.load(x), top);
    const second = v128.sub<T>(v128.load(x, 16), top);
    let e: v128;
    let f: v128;
    if (areModerate<T>(first, second)) {
      e = expOfModerate<T>(first);
      f = expOfModerate<T>(second);
    } else {
      e = exp<T>(first);
      f = exp<T>(second);
    }
    low = v128.add<T>(low, e);
    if (sizeof<T>() == 4) low = v128.add<T>(low, f);
    else high = v128.add<T>(high, f);
    v128.store(out, shiftedOnly ? first : e);
    v128.store(out, shiftedOnly ? second : f, 16);
    x += 32;
    out += 32;
  }
  const whole = columns >= lanes<T>();
  if (whole) {
    const shifted = v128.sub<T>(v128.load(x), top);
    const e = exp<T>(shifted);
    low = v128.add<T>(low, e);
    v128.store(out, shiftedOnly ? shifted : e);
    x += 16;
    out += 16;
    columns -= lanes<T>();
  }
  if (columns > 0) {
    // The lanes past the end hold the maximum: exp(−∞) would be 0 without a mask, but underflow takes its time.
    const shifted = v128.sub<T>(loadPart<T>(x, columns, max), top);
    const e = firstLanes<T>(exp<T>(shifted), columns);
    if (sizeof<T>() == 8 && whole) high = v128.add<T>(high, e);
    else low = v128.add<T>(low, e);
    storePart<T>(out, shiftedOnly ? shifted : e, columns);
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
