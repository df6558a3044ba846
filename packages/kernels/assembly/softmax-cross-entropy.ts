// softmax and cross-entropy in one pass over each row, and the gradient of both together for class numbers.
import { SCALED_DIFFERENCE, zip } from "./elementwise";
import { log } from "./log";
import { lanes, loadPart, storePart, sumLanes } from "./row";
import { divide, exponentials, rowMax } from "./softmax";

/**
 * y ← softmax(x), losses ← −Σ t·log softmax(x), row by row; t holds a weight for each element (`soft`) or one 32-bit
 * class number per row. y must not be x: the loss takes x − max afresh, which has the same bits as before. Where dx is
 * not 0, dx ← (y − t)·scale while the row is at hand.
 */
// @ts-ignore: decorator
@inline
export function crossEntropyRows<T>(
  rows: i32, columns: i32, x: usize, xRow: i32, soft: bool, t: usize, tRow: i32, y: usize, yRow: i32,
  losses: usize, lossStep: i32, scale: T, dx: usize, dxRow: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const max = rowMax<T>(columns, x);
    const sum = exponentials<T>(columns, x, y, max, false);
    divide<T>(columns, y, v128.splat<T>(sum));
    const logSum = <T>log(<f64>sum);
    if (soft) {
      store<T>(losses, weightedLoss<T>(columns, x, t, v128.splat<T>(max), v128.splat<T>(logSum)));
    } else {
      const right = load<T>(x + <usize>load<u32>(t) * sizeof<T>());
      store<T>(losses, <T>(logSum - <T>(right - max)));
    }
    if (dx != 0) {
      crossEntropyBackwardRows<T>(1, columns, y, 0, soft, t, 0, scale, dx, 0);
      dx += dxRow;
    }
    x += xRow;
    t += tRow;
    y += yRow;
    losses += lossStep;
  }
}

/** Σ t·(logSum − (x − max)) in the order of src/reference/row-sum.ts. */
// @ts-ignore: decorator
@inline
function weightedLoss<T>(columns: i32, x: usize, t: usize, max: v128, logSum: v128): T {
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  for (; columns >= 4; columns -= 4) {
    low = v128.add<T>(low, weighted<T>(v128.load(x), v128.load(t), max, logSum));
    if (sizeof<T>() == 8) high = v128.add<T>(high, weighted<T>(v128.load(x, 16), v128.load(t, 16), max, logSum));
    x += 4 * sizeof<T>();
    t += 4 * sizeof<T>();
  }
  if (columns > 0) {
    low = v128.add<T>(low, weighted<T>(loadPart<T>(x, columns, <T>0), loadPart<T>(t, columns, <T>0), max, logSum));
    if (sizeof<T>() == 8 && columns > 2) {
      const xs = loadPart<T>(x + 16, columns - 2, <T>0);
      const ts = loadPart<T>(t + 16, columns - 2, <T>0);
      high = v128.add<T>(high, weighted<T>(xs, ts, max, logSum));
    }
  }
  return sumLanes<T>(low, high);
}

/** 0 where t is 0, even if the other factor is infinite. To a sum that began at +0, adding it changes nothing. */
// @ts-ignore: decorator
@inline
function weighted<T>(x: v128, t: v128, max: v128, logSum: v128): v128 {
  const loss = v128.mul<T>(t, v128.sub<T>(logSum, v128.sub<T>(x, max)));
  return v128.andnot(loss, v128.eq<T>(t, v128.splat<T>(<T>0)));
}

/** out ← (y − t)·scale, t as above, its rows or 32-bit class numbers tStep bytes apart; out may be y. */
export function crossEntropyBackwardRows<T>(
  rows: i32, columns: i32, y: usize, yRow: i32, soft: bool, t: usize, tStep: i32, scale: T, out: usize, outRow: i32,
): void {
  if (soft) {
    zip<T>(SCALED_DIFFERENCE, scale, rows, columns, y, yRow, t, tStep, out, outRow);
    return;
  }
  const factor = v128.splat<T>(scale);
  for (let i = 0; i < rows; i++) {
    // The class itself first: out may be y. Elsewhere y − 0 is y.
    const at = <usize>load<u32>(t) * sizeof<T>();
    const right = <T>(<T>(load<T>(y + at) - <T>1) * scale);
    let from = y;
    let to = out;
    let left = columns;
    for (; left >= lanes<T>(); left -= lanes<T>()) {
      v128.store(to, v128.mul<T>(v128.load(from), factor));
      from += 16;
      to += 16;
    }
    if (left > 0) storePart<T>(to, v128.mul<T>(loadPart<T>(from, left, <T>0), factor), left);
    store<T>(out + at, right);
    y += yRow;
    t += tStep;
    out += outRow;
  }
}
