// c ← [c +] a·b for operands with any strides: the loops over blocks after Goto and van de Geijn, and BLIS.
//
//   for every block of columns (as many as fit B_BLOCK)
//     for every block of k (KC steps)                pack b
//       for every block of rows (as fit A_BLOCK)     pack a, or read it in place
//         macro-kernel: register tiles
//
// A tile takes up c where the block of k before left it, so the sum over k runs in natural order whatever the cuts.
import { A_BLOCK, B_BLOCK, evenCut, KC, MR, PANEL, SPARE } from "./blocks";
import { finish } from "./finish";
import { macro } from "./macro";
import { packA, packB } from "./pack";
import { FEW_ROWS, rowProduct } from "./row";
import { rowProductTransposed } from "./row-transposed";

/** From this many columns on, packing a costs less than it saves. */
const PACK_A_FROM: i32 = 192;

/**
 * a (m,k), b (k,n), c (m,n) at byte addresses, strides in bytes, any sign; scratch: GEMM_SCRATCH bytes. A finished
 * block of c goes through `finish`, which takes bias (n) and relu.
 */
export function gemm<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize,
): void {
  if (A_BLOCK + B_BLOCK > SPARE) ERROR("the blocks are larger than their room");
  if (m == 0 || n == 0) return;
  if (k == 0) {
    if (!accumulate) zero<T>(m, n, c, cRow, cColumn);
    finish<T>(m, n, c, cRow, cColumn, bias, relu);
    return;
  }
  if (cColumn != <i32>sizeof<T>() && cRow == <i32>sizeof<T>()) {
    // cᵀ ← bᵀ·aᵀ has rows without gaps, and the same bits: a product does not depend on the order of its factors.
    gemm<T>(n, m, k, b, bColumn, bRow, a, aColumn, aRow, c, cColumn, cRow, accumulate, 0, false, scratch);
    finish<T>(m, n, c, cRow, cColumn, bias, relu);
    return;
  }
  const size = <i32>sizeof<T>();
  if (m <= FEW_ROWS && bColumn == size && cColumn == size) {
    for (let i = 0; i < m; i++) rowProduct<T>(n, k, a + i * aRow, aColumn, b, bRow, c + i * cRow, accumulate);
    finish<T>(m, n, c, cRow, cColumn, bias, relu);
    return;
  }
  if (m <= FEW_ROWS && bRow == size && cColumn == size) {
    for (let i = 0; i < m; i++) {
      rowProductTransposed<T>(n, k, a + i * aRow, aColumn, b, bColumn, c + i * cRow, accumulate);
    }
    finish<T>(m, n, c, cRow, cColumn, bias, relu);
    return;
  }
  const aBlock = scratch;
  const bBlock = aBlock + A_BLOCK;
  const spare = scratch + SPARE;
  const packing = n >= PACK_A_FROM;
  const kc = evenCut(k, KC);
  // Whole tiles, so that no block but the last ends amid one; and no more rows where k is short, since the lines of c
  // that one panel of b touches are to be in the first-level cache still when the next panel takes their other half.
  const mc = evenCut((m + MR - 1) / MR, A_BLOCK / (KC * size) / MR) * MR;
  const width = PANEL / size;
  const nc = evenCut((n + width - 1) / width, B_BLOCK / (kc * PANEL)) * width;
  for (let j = 0; j < n; j += nc) {
    const columns = min(nc, n - j);
    for (let p = 0; p < k; p += kc) {
      const steps = min(kc, k - p);
      packB<T>(bBlock, b + p * bRow + j * bColumn, bRow, bColumn, steps, columns);
      const fresh = p == 0 && !accumulate;
      for (let i = 0; i < m; i += mc) {
        const rows = min(mc, m - i);
        const from = a + i * aRow + p * aColumn;
        const to = c + i * cRow + j * cColumn;
        if (packing) packA<T>(aBlock, from, aRow, aColumn, rows, steps);
        macro<T>(
          rows, columns, steps, packing ? aBlock : from, packing, aRow, aColumn, bBlock, to, cRow, cColumn, fresh, spare,
        );
        if (p + steps == k) finish<T>(rows, columns, to, cRow, cColumn, bias == 0 ? 0 : bias + j * size, relu);
      }
    }
  }
}

export function zero<T>(m: i32, n: i32, c: usize, cRow: i32, cColumn: i32): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) store<T>(c + i * cRow + j * cColumn, <T>0);
  }
}
