// c ← c + alpha·(a·b): the finished product is scaled and added, as axpy does it.
import { multiplyAdd } from "../multiply-add";
import { lanes, loadPart, storePart } from "../row";
import { PRODUCT, PRODUCT_AT } from "./blocks";
import { gemm } from "./gemm";
import { nonzeroBits } from "./nonzeros";
import { sparse } from "./sparse";

/**
 * A product in pieces that fit PRODUCT, each added to c. With SPARSE zeros of a are skipped, and where a sum is 0
 * nothing is added: c keeps its bits there, whether or not the row was looked at.
 */
export function scaled<T>(
  SPARSE: bool, m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, alpha: T, scratch: usize,
): void {
  const size = <i32>sizeof<T>();
  if (m == 0 || n == 0) return;
  if (SPARSE && k == 1 && bColumn == size && cColumn == size) {
    if (keepsAnyway<T>(alpha)) outer<T>(false, m, n, a, aRow, b, c, cRow, alpha);
    else outer<T>(true, m, n, a, aRow, b, c, cRow, alpha);
    return;
  }
  const product = scratch + PRODUCT_AT;
  const nc = min(n, PRODUCT / size);
  const mc = min(m, PRODUCT / (nc * size));
  for (let j = 0; j < n; j += nc) {
    const columns = min(nc, n - j);
    const row = columns * size;
    const bAt = b + j * bColumn;
    for (let i = 0; i < m; i += mc) {
      const rows = min(mc, m - i);
      const from = a + i * aRow;
      if (SPARSE) {
        sparse<T>(rows, columns, k, from, aRow, aColumn, bAt, bRow, bColumn, product, row, size, false, 0, false, scratch);
      } else {
        gemm<T>(rows, columns, k, from, aRow, aColumn, bAt, bRow, bColumn, product, row, size, false, 0, false, scratch);
      }
      addScaled<T>(SPARSE && !keepsAnyway<T>(alpha), rows, columns, alpha, product, c + i * cRow + j * cColumn, cRow, cColumn);
    }
  }
}

/** Whether adding alpha·0 changes no number: alpha·0 is −0 then. */
// @ts-ignore: decorator
@inline
function keepsAnyway<T>(alpha: T): bool {
  return alpha < <T>0;
}

/** c (m,n) ← c + alpha·(a·b) for a column a and a row b: the rows of c where a is 0 are not touched. */
// @ts-ignore: decorator
@inline
function outer<T>(
  KEEP: bool, m: i32, n: i32, a: usize, aRow: i32, b: usize, c: usize, cRow: i32, alpha: T,
): void {
  const factor = v128.splat<T>(alpha);
  for (let i = 0; i < m; i += lanes<T>()) {
    for (let bits = nonzeroBits<T>(a, aRow, m - i); bits != 0; bits &= bits - 1) {
      const at = ctz(bits);
      outerRow<T>(KEEP, n, v128.load_splat<T>(a + at * aRow), b, c + at * cRow, factor);
    }
    a += lanes<T>() * aRow;
    c += lanes<T>() * cRow;
  }
}

// @ts-ignore: decorator
@inline
function outerRow<T>(KEEP: bool, n: i32, x: v128, b: usize, c: usize, factor: v128): void {
  if (n < lanes<T>()) {
    const sum = product<T>(x, loadPart<T>(b, n, <T>0));
    storePart<T>(c, added<T>(KEEP, factor, sum, loadPart<T>(c, n, <T>0)), n);
    return;
  }
  // The last register overlaps the one before; it is computed from c as it was, so both store the same.
  const last = c + (n - lanes<T>()) * sizeof<T>();
  const sum = product<T>(x, v128.load(b + (n - lanes<T>()) * sizeof<T>()));
  const end = added<T>(KEEP, factor, sum, v128.load(last));
  for (; c + 16 < last; c += 32) {
    const first = added<T>(KEEP, factor, product<T>(x, v128.load(b)), v128.load(c));
    const second = added<T>(KEEP, factor, product<T>(x, v128.load(b, 16)), v128.load(c, 16));
    v128.store(c, first);
    v128.store(c, second, 16);
    b += 32;
  }
  for (; c < last; c += 16) {
    v128.store(c, added<T>(KEEP, factor, product<T>(x, v128.load(b)), v128.load(c)));
    b += 16;
  }
  v128.store(last, end);
}

/** A sum of one product, which starts from 0. */
// @ts-ignore: decorator
@inline
function product<T>(x: v128, y: v128): v128 {
  return multiplyAdd<T>(x, y, i32x4.splat(0));
}

/** c + factor·sum; with KEEP c itself where the sum is 0. */
// @ts-ignore: decorator
@inline
function added<T>(KEEP: bool, factor: v128, sum: v128, c: v128): v128 {
  const result = multiplyAdd<T>(factor, sum, c);
  if (!KEEP) return result;
  const isZero = v128.eq<T>(sum, i32x4.splat(0));
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_laneselect<i8>(c, result, isZero) : v128.bitselect(c, result, isZero);
}

function addScaled<T>(
  keep: bool, rows: i32, columns: i32, alpha: T, product: usize, c: usize, cRow: i32, cColumn: i32,
): void {
  const size = <i32>sizeof<T>();
  const factor = v128.splat<T>(alpha);
  for (let i = 0; i < rows; i++) {
    let j = 0;
    if (cColumn == size) {
      for (; j + lanes<T>() <= columns; j += lanes<T>()) {
        const at = c + j * size;
        v128.store(at, added<T>(keep, factor, v128.load(product + j * size), v128.load(at)));
      }
    }
    for (; j < columns; j++) {
      const at = c + j * cColumn;
      const sum = v128.load_splat<T>(product + j * size);
      store<T>(at, v128.extract_lane<T>(added<T>(keep, factor, sum, v128.load_splat<T>(at)), 0));
    }
    product += columns * size;
    c += cRow;
  }
}
