// A product of operands of which some live outside the arena: cut into blocks that are copied through it.
import { floatsOf } from "../reference/floats-of.ts";
import { type ByteTensor, dtypeOf, isBytes, type Tensor } from "../tensor.ts";
import { type Block, copyIn, copyOut } from "./staging.ts";
import type { Workspace } from "./workspace.ts";

/** Steps of k in one staged block. */
const STAGED_STEPS = 1024;

/** One operand of a staged product: where it is, or which stage its blocks go through. */
interface Operand {
  readonly t: Tensor;
  readonly address: number;
  readonly stage: number;
}

/**
 * The product cut into blocks of which those outside the arena fit their stage. The first block of k starts from zero
 * or from `out`, every later one from what the one before left: the sum runs in natural order as if it were not cut.
 * Bytes become floats first.
 */
export function stagedProduct(
  work: Workspace,
  left: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
  sparse: boolean,
  byteScale: number,
): void {
  const a = isBytes(left) ? floatsOf(left, byteScale, dtypeOf(out)) : left;
  const [m, n] = out.shape;
  const k = a.shape[1];
  const size = a.data.BYTES_PER_ELEMENT;
  const kernels = work.kernels(a.data);
  const kernel = sparse ? kernels.sparse_gemm : kernels.gemm;
  const heap = work.heap(a.data);
  const room = work.stageBytes / size;
  const first: Operand = { t: a, address: work.address(a), stage: work.stages[0] };
  const second: Operand = { t: b, address: work.address(b), stage: work.stages[1] };
  const result: Operand = { t: out, address: work.address(out), stage: work.stages[2] };

  const kb = Math.max(1, first.address < 0 || second.address < 0 ? Math.min(k, STAGED_STEPS) : k);
  let nb = second.address < 0 ? Math.min(n, Math.floor(room / kb)) : n;
  if (result.address < 0) nb = Math.min(nb, room);
  let mb = first.address < 0 ? Math.min(m, Math.floor(room / kb)) : m;
  if (result.address < 0) mb = Math.min(mb, Math.floor(room / nb));

  for (let j = 0; j < n; j += nb) {
    const columns = Math.min(nb, n - j);
    for (let p = 0; p === 0 || p < k; p += kb) {
      const steps = Math.min(kb, k - p);
      const bPart = place(second, { row: p, column: j, rows: steps, columns }, heap, true);
      for (let i = 0; i < m; i += mb) {
        const rows = Math.min(mb, m - i);
        const onto = accumulate || p > 0;
        const aPart = place(first, { row: i, column: p, rows, columns: steps }, heap, true);
        const block: Block = { row: i, column: j, rows, columns };
        const cPart = place(result, block, heap, onto);
        kernel(
          rows,
          columns,
          steps,
          aPart.at,
          aPart.row,
          aPart.column,
          bPart.at,
          bPart.row,
          bPart.column,
          cPart.at,
          cPart.row,
          cPart.column,
          onto,
          0,
          false,
          work.packing,
        );
        if (result.address < 0) copyOut(out, block, heap, result.stage / size);
      }
    }
  }
}

/** Address and strides, in bytes, of a block: in place, or in its stage, filled if `read`. */
function place(
  operand: Operand,
  block: Block,
  heap: Float32Array | Float64Array,
  read: boolean,
): { at: number; row: number; column: number } {
  const { t, address, stage } = operand;
  const size = heap.BYTES_PER_ELEMENT;
  if (address < 0) {
    if (read) copyIn(t, block, heap, stage / size);
    return { at: stage, row: block.columns * size, column: size };
  }
  const row = t.stride[0] * size;
  const column = t.stride[1] * size;
  return { at: address + block.row * row + block.column * column, row, column };
}
