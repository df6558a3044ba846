// c ← [c +] a·b where most of a is 0, such as pixels: no zero of a is multiplied.
//
//   for every block of columns (as many panels as fit PANELS)
//     for every block of k (SPARSE_KC steps)                 pack b into panels of 13 vectors, or read it in place
//       for every block of rows (as many lists as fit LISTS)   list the nonzeros of each row
//         for every panel: the sums of each row in registers, over its list
//
// A sum takes its products in natural order of k, from c where the block of k before left it: the bits of the dense
// product, but for what 0·∞, 0·NaN and the sign of a zero would have done to them.
import { lanes } from "../row";
import { BYTES_AT, evenCut, LISTS, PANELS, PANELS_AT, SPARSE_KC, TABLE } from "./blocks";
import { finish } from "./finish";
import { zero } from "./gemm";
import { listBytes } from "./nonzero-bytes";
import { bytesOfList, listNeighbours, listRow } from "./nonzeros";
import { panelColumns, PANEL_ROW, packPanels, SMALLER_PANELS } from "./sparse-panels";
import { sparseColumn, sparseRows, vectorsAtOnce } from "./sparse-rows";

/** From this many rows on, packing b costs less than it saves. */
const PACK_B_FROM: i32 = 16;
/** Rows of b of up to so many bytes are read in place. */
const SHORT_ROW: i32 = 1024;

/** As gemm, whose scratch memory this shares. S is the type of a: T, or u8 for elements of scale·byte. */
export function sparse<S, T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize, scale: T,
): void {
  if (m == 0 || n == 0) return;
  if (k == 0) {
    if (!accumulate) zero<T>(m, n, c, cRow, cColumn);
    finish<T>(m, n, c, cRow, cColumn, bias, relu);
    return;
  }
  const size = <i32>sizeof<T>();
  const stride = bytesOfList<T>();
  // Bytes are compared sixteen at once.
  const unit = sizeof<S>() == 1 ? 16 : 1;
  const kc = k > SPARSE_KC ? (evenCut(k, SPARSE_KC) + unit - 1) & -unit : k;
  const mc = min(m, LISTS / stride / 4 * 4);
  const scattered = cColumn != size || n < lanes<T>();
  const packing = !scattered && (bColumn != size || (m >= PACK_B_FROM && n * size > SHORT_ROW));
  const width = panelColumns<T>();
  const nc = packing ? evenCut((n + width - 1) / width, PANELS / (kc * PANEL_ROW) - SMALLER_PANELS) * width : n;
  const panels = scratch + PANELS_AT;
  let across = n;
  for (let j = 0; j < n; j += across) {
    // A last block of less than a vector could not overlap its neighbour: it goes with the one before.
    across = n - j < nc + lanes<T>() ? n - j : nc;
    for (let p = 0; p < k; p += kc) {
      const steps = min(kc, k - p);
      const from = b + p * bRow + j * bColumn;
      const fresh = p == 0 && !accumulate;
      if (packing) packPanels<T>(panels, from, bRow, bColumn, steps, across);
      for (let i = 0; i < m; i += mc) {
        const rows = min(mc, m - i);
        const to = c + i * cRow + j * cColumn;
        const listing = a + i * aRow + p * aColumn;
        const listed = packing ? PANEL_ROW : bRow;
        if (sizeof<S>() == 1) {
          listBytes<T>(scratch, stride, rows, listing, aRow, aColumn, steps, listed, scale, scratch + BYTES_AT);
        } else {
          listRows<T>(scratch, stride, rows, listing, aRow, aColumn, steps, listed, scratch + TABLE);
        }
        if (scattered) {
          for (let q = 0; q < across; q++) {
            sparseColumn<T>(rows, scratch, stride, from + q * bColumn, to + q * cColumn, cRow, fresh);
          }
        } else {
          const apart = packing ? steps * PANEL_ROW : 0;
          columns<T>(rows, across, scratch, stride, packing ? panels : from, apart, to, cRow, fresh);
        }
        if (p + steps == k) finish<T>(rows, across, to, cRow, cColumn, bias == 0 ? 0 : bias + j * size, relu);
      }
    }
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

/**
 * Block after block of the columns of b and c, of which there is at least a vector. Blocks of b are panels that are
 * `apart` bytes from one another, or with 0 as far as those of c.
 */
function columns<T>(
  rows: i32, n: i32, lists: usize, stride: i32, b: usize, apart: i32, c: usize, cRow: i32, fresh: bool,
): void {
  const size = <i32>sizeof<T>();
  let left = (n + lanes<T>() - 1) / lanes<T>();
  let j = 0;
  while (left > 0) {
    const vectors = vectorsAtOnce(left);
    left -= vectors;
    const live = min(n - j, vectors * lanes<T>());
    const last = (live - lanes<T>()) * size;
    sparseRows<T>(vectors, rows, lists, stride, b, last, c + j * size, cRow, last, fresh);
    b += apart == 0 ? live * size : apart;
    j += live;
  }
}
