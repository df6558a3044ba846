// matmul by the library's gemm, in place wherever the operands live; what BLAS cannot take, and what
// skips zeros, WebAssembly computes, or both a part of it.
import type { Backend } from "../backend.ts";
import type { ProductOptions } from "../reference/matmul.ts";
import { type ByteTensor, type FloatArray, isBytes, type Tensor } from "../tensor.ts";
import type { Workspace } from "../wasm/workspace.ts";
import { AS_IT_IS, COLUMN_MAJOR, ROW_MAJOR, TRANSPOSED, type TypedGemm } from "./calls.ts";
import { columnDistance, rowDistance } from "./layout.ts";
import { splitProduct } from "./split-product.ts";

/** The library's products, and where the memory begins in which most operands live. */
export interface Native {
  readonly float32: TypedGemm;
  readonly float64: TypedGemm;
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  readonly address: number;
  /** The scratch memory in which both compute a part of a product. */
  readonly work: Workspace;
}

const PLAIN: ProductOptions = {};

export function matmul(
  native: Native,
  wasm: Backend,
  a: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
  options: ProductOptions = PLAIN,
): void {
  const { alpha = 1, bias, relu = false, sparse = false } = options;
  if (isBytes(a) && splitProduct(native, wasm, a, b, out, accumulate, options)) return;
  // A BLAS has no product that skips zeros.
  if (isBytes(a) || sparse || !product(native, alpha, a, b, out, accumulate)) {
    wasm.matmul(a, b, out, accumulate, options);
    return;
  }
  if (bias !== undefined) wasm.addBias(out, bias, out);
  if (relu) wasm.relu(out, out);
}

/** Returns whether BLAS could take the operands. */
function product(
  native: Native,
  alpha: number,
  a: Tensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
): boolean {
  const [m, n] = out.shape;
  const k = a.shape[1];
  if (m === 0 || n === 0 || k === 0) return false;
  const isByRows = rowDistance(out) > 0;
  const ldOut = isByRows ? rowDistance(out) : columnDistance(out);
  if (ldOut === 0) return false;
  // An operand that lies the other way than the result is a transposed one of the result's kind.
  const along = isByRows ? rowDistance : columnDistance;
  const across = isByRows ? columnDistance : rowDistance;
  const plainA = along(a);
  const lda = plainA > 0 ? plainA : across(a);
  const plainB = along(b);
  const ldb = plainB > 0 ? plainB : across(b);
  if (lda === 0 || ldb === 0) return false;

  const order = isByRows ? ROW_MAJOR : COLUMN_MAJOR;
  const transA = plainA > 0 ? AS_IT_IS : TRANSPOSED;
  const transB = plainB > 0 ? AS_IT_IS : TRANSPOSED;
  const beta = accumulate ? 1 : 0;
  const gemm = a.data instanceof Float32Array ? native.float32 : native.float64;
  const [aAt, bAt, cAt] = [address(native, a), address(native, b), address(native, out)];
  if (aAt > 0 && bAt > 0 && cAt > 0) {
    gemm.byAddress(order, transA, transB, m, n, k, alpha, aAt, lda, bAt, ldb, beta, cAt, ldOut);
  } else {
    gemm.byArray(order, transA, transB, m, n, k, alpha, from(a), lda, from(b), ldb, beta, from(out), ldOut);
  }
  return true;
}

/** Where t's first element is, or 0 for an array outside the kernels' memory: the engine may move those. */
function address({ buffer, address: start }: Native, { data, offset }: Tensor): number {
  return data.buffer === buffer ? start + data.byteOffset + offset * data.BYTES_PER_ELEMENT : 0;
}

/** The array that begins with t's first element. */
function from({ data, offset }: Tensor): FloatArray {
  return offset === 0 ? data : data.subarray(offset);
}
