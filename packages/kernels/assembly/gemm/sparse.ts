// c ← [c +] a·b where most of a is 0, such as pixels: no zero of a is multiplied.
//
//   for every block of rows (as many lists as fit A_BLOCK)
//     for every block of k (SPARSE_KC steps)         list the nonzeros of each row
//       for every block of columns (13 vectors)      pack b, or read it in place
//         for every row: its sums in registers, over its list
//
// A sum takes its products in natural order of k, from c where the block of k before left it: the bits of the dense
// product, but for what 0·∞, 0·NaN and the sign of a zero would have done to them.
import { lanes } from "../row";
import { A_BLOCK, B_BLOCK, evenCut, SPARE, SPARSE_KC, TABLE, VECTOR } from "./blocks";
import { finish } from "./finish";
import { zero } from "./gemm";
import { listBytes, listNeighbours, listRow } from "./nonzeros";
import { sparseColumn, sparseRows, vectorsAtOnce } from "./sparse-rows";

/** From this many rows on, packing b costs less than it saves where its rows are long. */
const PACK_B_FROM: i32 = 16;
/** Rows of b of up to so many bytes are read in place: a block of them fills whole pages. */
const SHORT_ROW: i32 = 1024;

/** As gemm, whose scratch memory this shares. */
export function sparse<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize,
): void {
  if (m == 0 || n == 0) return;
  if (k == 0 && !accumulate) zero<T>(m, n, c, cRow, cColumn);
  const size = <i32>sizeof<T>();
  const kc = k > SPARSE_KC ? evenCut(k, SPARSE_KC) : k;
  const stride = listBytes(kc);
  const mc = min(m, A_BLOCK / stride);
  const scattered = cColumn != size || n < lanes<T>();
  const packing = bColumn != size || (m >= PACK_B_FROM && n * size > SHORT_ROW);
  for (let i = 0; i < m; i += mc) {
    const rows = min(mc, m - i);
    const to = c + i * cRow;
    for (let p = 0; p < k; p += kc) {
      const steps = min(kc, k - p);
      const from = a + i * aRow + p * aColumn;
      const bAt = b + p * bRow;
      const fresh = p == 0 && !accumulate;
      listRows<T>(scratch, stride, rows, from, aRow, aColumn, steps);
      if (scattered) {
        for (let j = 0; j < n; j++) {
          sparseColumn<T>(
            rows, scratch, stride, from, aRow, aColumn, bAt + j * bColumn, bRow, to + j * cColumn, cRow, fresh,
          );
        }
      } else {
        columns<T>(
          packing, rows, n, steps, scratch, stride, from, aRow, aColumn, bAt, bRow, bColumn, to, cRow, fresh,
        );
      }
    }
    finish<T>(rows, n, to, cRow, cColumn, bias, relu);
  }
}

/** The lists of a block of rows, `stride` bytes apart from scratch on. */
function listRows<T>(
  scratch: usize, stride: i32, rows: i32, a: usize, aRow: i32, aColumn: i32, steps: i32,
): void {
  const size = <i32>sizeof<T>();
  const table = scratch + TABLE;
  if (aRow == size && aColumn != size && rows > 1) {
    for (let i = 0; i < rows; i += 16) {
      const lists = scratch + i * stride;
      listNeighbours<T>(lists, stride, min(16, rows - i), a + i * size, aColumn, steps, table, scratch + SPARE);
    }
    return;
  }
  for (let i = 0; i < rows; i++) listRow<T>(scratch + i * stride, a + i * aRow, aColumn, steps, table);
}

/** Block after block of the columns of b and c, of which there is at least a vector. */
function columns<T>(
  packing: bool, rows: i32, n: i32, steps: i32, lists: usize, stride: i32, a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32, c: usize, cRow: i32, fresh: bool,
): void {
  const size = <i32>sizeof<T>();
  let left = (n + lanes<T>() - 1) / lanes<T>();
  let j = 0;
  while (left > 0) {
    const vectors = vectorsAtOnce(left);
    left -= vectors;
    const live = min(n - j, vectors * lanes<T>());
    const last = (live - lanes<T>()) * size;
    const to = c + j * size;
    if (packing) {
      const block = lists + A_BLOCK;
      const width = vectors * VECTOR;
      packColumns<T>(block, width, b + j * bColumn, bRow, bColumn, steps, live);
      sparseRows<T>(vectors, rows, lists, stride, a, aRow, aColumn, block, width, last, to, cRow, last, fresh);
    } else {
      const from = b + j * size;
      sparseRows<T>(vectors, rows, lists, stride, a, aRow, aColumn, from, bRow, last, to, cRow, last, fresh);
    }
    j += live;
  }
}

/** b (steps × live columns), any strides → rows of `width` bytes. */
function packColumns<T>(to: usize, width: i32, b: usize, bRow: i32, bColumn: i32, steps: i32, live: i32): void {
  const size = <i32>sizeof<T>();
  for (let p = 0; p < steps; p++) {
    let j = 0;
    if (bColumn == size) {
      for (; j + lanes<T>() <= live; j += lanes<T>()) v128.store(to + j * size, v128.load(b + j * size));
    }
    for (; j < live; j++) store<T>(to + j * size, load<T>(b + j * bColumn));
    to += width;
    b += bRow;
  }
}
