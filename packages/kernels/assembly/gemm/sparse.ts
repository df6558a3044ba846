// c ← [c +] a·b where most of a is 0, such as pixels: no zero of a is multiplied.
//
//   for every block of rows (as many lists as fit LISTS)
//     for every block of k (SPARSE_KC steps)         list the nonzeros of each row
//       for every block of columns (13 vectors)      pack b, or read it in place
//         for every row: its sums in registers, over its list
//
// A sum takes its products in natural order of k, from c where the block of k before left it: the bits of the dense
// product, but for what 0·∞, 0·NaN and the sign of a zero would have done to them.
import { lanes } from "../row";
import { A_BLOCK, BYTES_AT, evenCut, LISTS, SPARSE_KC, TABLE, VECTOR } from "./blocks";
import { finish } from "./finish";
import { zero } from "./gemm";
import { listBytes } from "./nonzero-bytes";
import { bytesOfList, listNeighbours, listRow } from "./nonzeros";
import { MOST, sparseColumn, sparseRows, vectorsAtOnce } from "./sparse-rows";

/** From this many rows on, packing b costs less than it saves. */
const PACK_B_FROM: i32 = 16;
/** Rows of b of up to so many bytes are read in place. */
const SHORT_ROW: i32 = 1024;
/** Bytes of a packed row of b. */
const PACKED_ROW: i32 = MOST * VECTOR;

/** As gemm, whose scratch memory this shares. S is the type of a: T, or u8 for elements of scale·byte. */
export function sparse<S, T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize, scale: T,
): void {
  if (m == 0 || n == 0) return;
  if (k == 0 && !accumulate) zero<T>(m, n, c, cRow, cColumn);
  const size = <i32>sizeof<T>();
  const stride = bytesOfList<T>();
  const lists = scratch + A_BLOCK;
  // Bytes are compared sixteen at once.
  const unit = sizeof<S>() == 1 ? 16 : 1;
  const kc = k > SPARSE_KC ? (evenCut(k, SPARSE_KC) + unit - 1) & -unit : k;
  const mc = min(m, LISTS / stride / 4 * 4);
  const scattered = cColumn != size || n < lanes<T>();
  const packing = !scattered && (bColumn != size || (m >= PACK_B_FROM && n * size > SHORT_ROW));
  for (let i = 0; i < m; i += mc) {
    const rows = min(mc, m - i);
    const to = c + i * cRow;
    for (let p = 0; p < k; p += kc) {
      const steps = min(kc, k - p);
      const from = b + p * bRow;
      const fresh = p == 0 && !accumulate;
      const listed = packing ? PACKED_ROW : bRow;
      const listing = a + i * aRow + p * aColumn;
      if (sizeof<S>() == 1) {
        listBytes<T>(lists, stride, rows, listing, aRow, aColumn, steps, listed, scale, scratch + BYTES_AT);
      } else {
        listRows<T>(lists, stride, rows, listing, aRow, aColumn, steps, listed, scratch + TABLE);
      }
      if (scattered) {
        for (let j = 0; j < n; j++) {
          sparseColumn<T>(rows, lists, stride, from + j * bColumn, to + j * cColumn, cRow, fresh);
        }
      } else {
        columns<T>(packing, rows, n, steps, lists, stride, from, bRow, bColumn, to, cRow, fresh, scratch);
      }
    }
    finish<T>(rows, n, to, cRow, cColumn, bias, relu);
  }
}

/** The lists of a block of rows, `stride` bytes apart. */
function listRows<T>(
  lists: usize, stride: i32, rows: i32, a: usize, aRow: i32, aColumn: i32, steps: i32, bRow: i32, table: usize,
): void {
  const size = <i32>sizeof<T>();
  let i = 0;
  if (aRow == size && aColumn != size) {
    for (; i + lanes<T>() <= rows; i += lanes<T>()) {
      listNeighbours<T>(lists + i * stride, stride, a + i * size, aColumn, steps, bRow, table);
    }
  }
  for (; i < rows; i++) listRow<T>(lists + i * stride, a + i * aRow, aColumn, steps, bRow, table);
}

/** Block after block of the columns of b and c, of which there is at least a vector. */
function columns<T>(
  packing: bool, rows: i32, n: i32, steps: i32, lists: usize, stride: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, fresh: bool, block: usize,
): void {
  const size = <i32>sizeof<T>();
  let left = (n + lanes<T>() - 1) / lanes<T>();
  let j = 0;
  while (left > 0) {
    const vectors = vectorsAtOnce(left);
    left -= vectors;
    const live = min(n - j, vectors * lanes<T>());
    const last = (live - lanes<T>()) * size;
    const from = packing ? block : b + j * bColumn;
    const to = c + j * size;
    if (packing) packColumns<T>(block, b + j * bColumn, bRow, bColumn, steps, live);
    sparseRows<T>(vectors, rows, lists, stride, from, last, to, cRow, last, fresh);
    j += live;
  }
}

/** b (steps × live columns), any strides → rows of PACKED_ROW bytes. The last vector may overlap the one before. */
function packColumns<T>(to: usize, b: usize, bRow: i32, bColumn: i32, steps: i32, live: i32): void {
  const size = <i32>sizeof<T>();
  const last = live - lanes<T>();
  for (let p = 0; p < steps; p++) {
    for (let j = 0; j < last; j += lanes<T>()) v128.store(to + j * size, loadApart<T>(b + j * bColumn, bColumn));
    v128.store(to + last * size, loadApart<T>(b + last * bColumn, bColumn));
    to += PACKED_ROW;
    b += bRow;
  }
}

/** A vector of elements that lie `step` bytes apart. */
// @ts-ignore: decorator
@inline
function loadApart<T>(from: usize, step: i32): v128 {
  if (step == <i32>sizeof<T>()) return v128.load(from);
  let v = v128.load_splat<T>(from);
  v = v128.replace_lane<T>(v, 1, load<T>(from + step));
  if (sizeof<T>() == 4) {
    v = f32x4.replace_lane(v, 2, load<f32>(from + 2 * step));
    v = f32x4.replace_lane(v, 3, load<f32>(from + 3 * step));
  }
  return v;
}
