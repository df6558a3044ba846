// matmul through the products in assembly/gemm: in place for arrays in the arena, block by block for others.
import { addBias } from "../reference/add-bias.ts";
import type { ProductOptions } from "../reference/matmul.ts";
import { relu as reluOf } from "../reference/relu.ts";
import { type ByteTensor, isBytes, type Tensor } from "../tensor.ts";
import { scaledProduct } from "./scaled-product.ts";
import { stagedProduct } from "./staged-product.ts";
import type { Workspace } from "./workspace.ts";

const PLAIN: ProductOptions = {};

export function matmul(
  work: Workspace,
  a: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
  options: ProductOptions = PLAIN,
): void {
  const { alpha, bias, relu = false, sparse = false, byteScale = 1 } = options;
  if (alpha !== undefined) scaledProduct(work, alpha, a, b, out, sparse, byteScale);
  else if (product(work, a, b, out, accumulate, bias, relu, sparse, byteScale)) return;
  // Never fused, so plain loops have the same bits.
  if (bias !== undefined) addBias(out, bias, out);
  if (relu) reluOf(out, out);
}

/** Returns whether bias and relu, too, are done. */
function product(
  work: Workspace,
  a: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  accumulate: boolean,
  bias: Tensor | undefined,
  relu: boolean,
  sparse: boolean,
  byteScale: number,
): boolean {
  const aAt = work.address(a);
  const bAt = work.address(b);
  const cAt = work.address(out);
  if (aAt < 0 || bAt < 0 || cAt < 0) {
    stagedProduct(work, a, b, out, accumulate, sparse, byteScale);
    return false;
  }
  // The address of a bias without gaps, or 0, which is nobody's.
  const biasAt = bias === undefined ? 0 : bias.stride[0] === 1 ? Math.max(0, work.address(bias)) : 0;
  const fused = bias === undefined || biasAt > 0;
  const size = b.data.BYTES_PER_ELEMENT;
  const sizeOfA = a.data.BYTES_PER_ELEMENT;
  const kernels = work.kernels(b.data);
  const kernel = isBytes(a) ? kernels.sparse_gemm_u8 : sparse ? kernels.sparse_gemm : kernels.gemm;
  kernel(
    out.shape[0],
    out.shape[1],
    a.shape[1],
    aAt,
    a.stride[0] * sizeOfA,
    a.stride[1] * sizeOfA,
    bAt,
    b.stride[0] * size,
    b.stride[1] * size,
    cAt,
    out.stride[0] * size,
    out.stride[1] * size,
    accumulate,
    biasAt,
    relu && fused,
    work.packing,
    byteScale,
  );
  return fused;
}
