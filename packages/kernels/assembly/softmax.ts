// softmax and log softmax of rows without gaps between their elements; out may be x.
import { areModerate, exp, expOfModerate } from "./exp";
import { log } from "./log";
import { firstLanes, lanes, loadPart, maxLane, storePart, sumLanes } from "./row";

/**
 * out ← softmax(x), row by row; xRow and outRow are the bytes from one row to the next. A row is divided by its sum while
 * the exponentials of the next one are computed: the unit that divides would otherwise keep all others waiting.
 */
export function softmaxRows<T>(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  let sum: T = 1;
  for (let i = 0; i < rows; i++) {
    const max = rowMax<T>(columns, x);
    if (i == 0) sum = exponentials<T>(columns, x, out, max, false);
    else sum = exponentialsDividing<T>(columns, x, out, max, out - outRow, v128.splat<T>(sum));
    x += xRow;
    out += outRow;
  }
  if (rows > 0) divide<T>(columns, out - outRow, v128.splat<T>(sum));
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
  // Four registers: a comparison waits only for the one before it in its own.
  if (columns >= 4 * lanes<T>()) {
    let m0 = v128.load(x), m1 = v128.load(x, 16), m2 = v128.load(x, 32), m3 = v128.load(x, 48);
    m0 = v128.pmax<T>(max, m0);
    m1 = v128.pmax<T>(max, m1);
    m2 = v128.pmax<T>(max, m2);
    m3 = v128.pmax<T>(max, m3);
    x += 64;
    columns -= 4 * lanes<T>();
    for (; columns >= 4 * lanes<T>(); columns -= 4 * lanes<T>()) {
      m0 = v128.pmax<T>(m0, v128.load(x));
      m1 = v128.pmax<T>(m1, v128.load(x, 16));
      m2 = v128.pmax<T>(m2, v128.load(x, 32));
      m3 = v128.pmax<T>(m3, v128.load(x, 48));
      x += 64;
    }
    max = v128.pmax<T>(v128.pmax<T>(m0, m1), v128.pmax<T>(m2, m3));
  }
  for (; columns >= lanes<T>(); columns -= lanes<T>()) {
    max = v128.pmax<T>(max, v128.load(x));
    x += 16;
  }
  if (columns > 0) max = v128.pmax<T>(max, loadPart<T>(x, columns, <T>-Infinity));
  return maxLane<T>(max);
}

/**
 * out ← exp(x − max), or x − max itself if `shiftedOnly`; returns Σ exp(x − max) in the order of
 * src/reference/row-sum.ts: the first of two registers of float64 adds to other lanes than the second.
 */
// @ts-ignore: decorator
@inline
export function exponentials<T>(columns: i32, x: usize, out: usize, max: T, shiftedOnly: bool): T {
  return passOver<T>(false, columns, x, out, max, shiftedOnly, 0, i32x4.splat(0));
}

/** The same, and before ← before / by for another row: out of line, since it is called in one place only. */
function exponentialsDividing<T>(columns: i32, x: usize, out: usize, max: T, before: usize, by: v128): T {
  return passOver<T>(true, columns, x, out, max, false, before, by);
}

// @ts-ignore: decorator
@inline
function passOver<T>(
  DIVIDING: bool, columns: i32, x: usize, out: usize, max: T, shiftedOnly: bool, before: usize, by: v128,
): T {
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
    if (DIVIDING) {
      v128.store(before, v128.div<T>(v128.load(before), by));
      v128.store(before, v128.div<T>(v128.load(before, 16), by), 16);
      before += 32;
    }
    x += 32;
    out += 32;
  }
  if (DIVIDING) divide<T>(columns, before, by);
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
