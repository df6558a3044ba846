// A product of bytes that are mostly 0, beside a BLAS: columns with few zeros are the library's, which multiplies any number
// sooner, and the rest are WebAssembly's, which skips the zeros. Pixels are such: dark around, and bright in the middle.
//
//   x·W      out ← dense columns of x · their rows of W,   then   out ← relu(out + the other columns · W + bias)
//   xᵀ·dout  out ← (the other columns)ᵀ · dout,            then   their rows of out ← (dense columns)ᵀ · dout
import ndarray from "ndarray";
import type { Backend } from "../backend.ts";
import type { ProductOptions } from "../reference/matmul.ts";
import { type ByteTensor, isSingle, type Tensor } from "../tensor.ts";
import type { Workspace } from "../wasm/workspace.ts";
import { AS_IT_IS, ROW_MAJOR, TRANSPOSED, type TypedGemm } from "./calls.ts";
import { otherColumns, pickColumns } from "./column-parts.ts";
import { type Bytes, type DenseColumns, denseColumns } from "./dense-columns.ts";
import { rowDistance } from "./layout.ts";

/** Below so many columns of the result, or rows or columns of x, splitting costs what it saves. */
const LEAST_WIDTH = 256;
const LEAST_ROWS = 128;
const LEAST_COLUMNS = 64;
/** What is known of more columns would take too much of the scratch memory. */
const MOST_COLUMNS = 16_384;

/** The library's products, and the kernels' memory: where it begins in the process, and the scratch memory in it. */
export interface Library {
  readonly float32: TypedGemm;
  readonly float64: TypedGemm;
  readonly address: number;
  readonly work: Workspace;
}

/** The same for floats of one type. */
interface TypedLibrary {
  readonly gemm: TypedGemm;
  readonly memory: number;
  readonly work: Workspace;
}

/** An operand of floats: its address and the distance between its rows, in elements. */
interface Floats {
  readonly whole: Tensor;
  readonly at: number;
  readonly row: number;
}

/**
 * out ← relu([out +] a·b + bias), where a is x or xᵀ. Returns false, with nothing done, where operands lie otherwise than they
 * do in a step of training, or where splitting does not pay.
 */
export function splitProduct(
  library: Library,
  wasm: Backend,
  a: ByteTensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
  options: ProductOptions,
): boolean {
  // Short products are most, and have no time to lose.
  if (out.shape[1] < LEAST_WIDTH) return false;
  const { work } = library;
  const { alpha, bias, relu = false, byteScale: scale = 1 } = options;
  const turned = a.stride[0] === 1 && a.stride[1] !== 1;
  const [rows, columns] = turned ? [a.shape[1], a.shape[0]] : a.shape;
  const [within, row] = turned ? a.stride : [a.stride[1], a.stride[0]];
  if (rows < LEAST_ROWS || columns < LEAST_COLUMNS) return false;
  if (columns > MOST_COLUMNS || within !== 1 || row < columns || alpha !== undefined) return false;
  if (turned && (accumulate || bias !== undefined || relu)) return false;
  const x: Bytes = { at: work.address(a), row, rows, columns, scale };
  const [right, result] = [floatsOf(work, b), floatsOf(work, out)];
  if (x.at < 0 || right === undefined || result === undefined) return false;
  const dense = denseColumns(work, x, b.data.BYTES_PER_ELEMENT);
  if (dense === undefined) return false;
  const typed = {
    gemm: isSingle(b.data) ? library.float32 : library.float64,
    memory: library.address,
    work,
  };
  if (turned) {
    inBlocks(rows, Math.floor(dense.room / columns), (first, count) => {
      const rest = otherColumns(work, x, dense, first, count).transpose(1, 0);
      wasm.matmul(rest, rowsOf(b, first, count), out, first > 0, options);
    });
    denseGradient(typed, x, dense, right, result);
  } else {
    denseProduct(typed, x, dense, right, result, accumulate);
    inBlocks(rows, Math.floor(dense.room / columns), (first, count) => {
      const rest = otherColumns(work, x, dense, first, count);
      wasm.matmul(rest, b, rowsOf(out, first, count), true, options);
    });
  }
  return true;
}

/** out [+]← the dense columns · their rows of b, which are packed first. */
function denseProduct(
  { gemm, memory, work }: TypedLibrary,
  x: Bytes,
  dense: DenseColumns,
  b: Floats,
  out: Floats,
  accumulate: boolean,
): void {
  const { size, picked, atOnce, across } = blocksOf(work, dense, b);
  const heap = work.heap(b.whole.data);
  const [left, right] = [memory + dense.roomAt, memory + work.packing];
  inBlocks(out.whole.shape[1], across, (column, n) => {
    let to = work.packing / size;
    for (const number of dense.numbers) {
      const from = b.at / size + number * b.row + column;
      heap.copyWithin(to, from, from + n);
      to += n;
    }
    inBlocks(x.rows, atOnce, (row, m) => {
      pickColumns(work, x, dense, b.whole, row, m);
      const [beta, c] = [accumulate ? 1 : 0, memory + out.at + (row * out.row + column) * size];
      gemm.byAddress(
        ROW_MAJOR,
        AS_IT_IS,
        AS_IT_IS,
        m,
        n,
        picked,
        1,
        left,
        picked,
        right,
        n,
        beta,
        c,
        out.row,
      );
    });
  });
}

/** The dense columns' rows of out ← (dense columns)ᵀ · dout, by way of scratch memory. */
function denseGradient(
  { gemm, memory, work }: TypedLibrary,
  x: Bytes,
  dense: DenseColumns,
  dout: Floats,
  out: Floats,
): void {
  const { size, picked, atOnce, across } = blocksOf(work, dense, dout);
  const heap = work.heap(out.whole.data);
  const [left, result] = [memory + dense.roomAt, memory + work.packing];
  inBlocks(out.whole.shape[1], across, (column, n) => {
    inBlocks(x.rows, atOnce, (row, k) => {
      pickColumns(work, x, dense, dout.whole, row, k);
      const [beta, b] = [row > 0 ? 1 : 0, memory + dout.at + (row * dout.row + column) * size];
      gemm.byAddress(
        ROW_MAJOR,
        TRANSPOSED,
        AS_IT_IS,
        picked,
        n,
        k,
        1,
        left,
        picked,
        b,
        dout.row,
        beta,
        result,
        n,
      );
    });
    let from = work.packing / size;
    for (const number of dense.numbers) {
      heap.copyWithin(out.at / size + number * out.row + column, from, from + n);
      from += n;
    }
  });
}

interface Blocks {
  /** Bytes of a float. */
  readonly size: number;
  /** Dense columns. */
  readonly picked: number;
  readonly atOnce: number;
  readonly across: number;
}

/** How many rows of x, and columns of the result, fit their scratch memory at once. */
function blocksOf(work: Workspace, dense: DenseColumns, { whole }: Floats): Blocks {
  const size = whole.data.BYTES_PER_ELEMENT;
  const picked = dense.numbers.length;
  const atOnce = Math.floor(dense.room / (picked * size));
  const across = Math.floor(work.blockBytes / (picked * size));
  return { size, picked, atOnce, across };
}

/** Undefined unless t lies in the arena row by row. */
function floatsOf(work: Workspace, t: Tensor): Floats | undefined {
  const at = work.address(t);
  const row = rowDistance(t);
  return at < 0 || row === 0 ? undefined : { whole: t, at, row };
}

function rowsOf(t: Tensor, first: number, count: number): Tensor {
  const { data, shape, stride, offset } = t;
  return ndarray(data, [count, shape[1]], [stride[0], stride[1]], offset + first * stride[0]);
}

/** Does some work for each of the fewest nearly equal stretches of at most `most`. */
function inBlocks(length: number, most: number, work: (first: number, count: number) => void): void {
  const blocks = Math.ceil(length / most);
  for (let block = 0; block < blocks; block++) {
    const first = Math.floor((block * length) / blocks);
    work(first, Math.floor(((block + 1) * length) / blocks) - first);
  }
}
