// What follows a product while its block is still in the cache: a bias for every column, then relu.
import { lanes, loadPart, storePart } from "../row";

/**
 * c (rows × columns) ← relu(c + bias), of which either may be missing: bias is 0 (no address) or that of a vector
 * without gaps. The same sums and the same zeros as add_bias and relu have.
 */
export function finish<T>(
  rows: i32, columns: i32, c: usize, cRow: i32, cColumn: i32, bias: usize, relu: bool,
): void {
  if (bias == 0 && !relu) return;
  if (cColumn != <i32>sizeof<T>()) finishScattered<T>(rows, columns, c, cRow, cColumn, bias, relu);
  else if (bias == 0) finishRows<T>(false, true, rows, columns, c, cRow, bias);
  else if (relu) finishRows<T>(true, true, rows, columns, c, cRow, bias);
  else finishRows<T>(true, false, rows, columns, c, cRow, bias);
}

/** BIAS and RELU are constants where this is called. */
// @ts-ignore: decorator
@inline
function finishRows<T>(
  BIAS: bool, RELU: bool, rows: i32, columns: i32, c: usize, cRow: i32, bias: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let left = columns;
    let at = c;
    let from = bias;
    for (; left >= lanes<T>(); left -= lanes<T>()) {
      v128.store(at, finished<T>(BIAS, RELU, v128.load(at), BIAS ? v128.load(from) : i32x4.splat(0)));
      at += 16;
      from += 16;
    }
    if (left > 0) {
      const part = BIAS ? loadPart<T>(from, left, <T>0) : i32x4.splat(0);
      storePart<T>(at, finished<T>(BIAS, RELU, loadPart<T>(at, left, <T>0), part), left);
    }
    c += cRow;
  }
}

// @ts-ignore: decorator
@inline
function finished<T>(BIAS: bool, RELU: bool, sum: v128, bias: v128): v128 {
  const x = BIAS ? v128.add<T>(sum, bias) : sum;
  return RELU ? v128.andnot(x, v128.le<T>(x, v128.splat<T>(<T>0))) : x;
}

/** One by one: the columns of c are not neighbours. */
function finishScattered<T>(
  rows: i32, columns: i32, c: usize, cRow: i32, cColumn: i32, bias: usize, relu: bool,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = c + i * cRow + j * cColumn;
      let x = load<T>(at);
      if (bias != 0) x = <T>(x + load<T>(bias + j * sizeof<T>()));
      store<T>(at, relu && x <= <T>0 ? <T>0 : x);
    }
  }
}
