// c ← c + alpha·(a·b): the finished product is scaled and added, as axpy does it.
import { lanes } from "../row";
import { PRODUCT, PRODUCT_AT } from "./blocks";
import { gemm } from "./gemm";
import { outer, scaledSum } from "./outer";
import { sparse } from "./sparse";

/**
 * A product in pieces that fit PRODUCT, each added to c. With SPARSE zeros of a are skipped, and where a sum is 0
 * nothing is added: c keeps its bits there, whether or not the row was looked at. S as in `outer`.
 */
export function scaled<S, T>(
  SPARSE: bool, m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, alpha: T, scratch: usize, scale: T,
): void {
  const size = <i32>sizeof<T>();
  if (m == 0 || n == 0) return;
  if (k == 1 && bColumn == size && cColumn == size) {
    if (!SPARSE || keepsAnyway<T>(alpha)) outer<S, T>(SPARSE, false, m, n, a, aRow, b, c, cRow, alpha, scratch, scale);
    else outer<S, T>(true, true, m, n, a, aRow, b, c, cRow, alpha, scratch, scale);
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
        sparse<S, T>(
          rows, columns, k, from, aRow, aColumn, bAt, bRow, bColumn, product, row, size, false, 0, false, scratch, scale,
        );
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
        v128.store(at, scaledSum<T>(keep, factor, v128.load(product + j * size), v128.load(at)));
      }
    }
    for (; j < columns; j++) {
      const at = c + j * cColumn;
      const sum = v128.load_splat<T>(product + j * size);
      store<T>(at, v128.extract_lane<T>(scaledSum<T>(keep, factor, sum, v128.load_splat<T>(at)), 0));
    }
    product += columns * size;
    c += cRow;
  }
}
