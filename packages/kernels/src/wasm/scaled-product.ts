// out ← out + alpha·(a·b): in place in the arena, elsewhere by a product of its own and axpy.
import { zeros } from "../reference/zeros.ts";
import { type ByteTensor, dtypeOf, isBytes, type Tensor } from "../tensor.ts";
import { axpy } from "./axpy.ts";
import { stagedProduct } from "./staged-product.ts";
import type { Workspace } from "./workspace.ts";

/** With `sparse`, as always for an a of bytes, elements whose sum is 0 keep their bits. */
export function scaledProduct(
  work: Workspace,
  alpha: number,
  a: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  sparse: boolean,
  byteScale: number,
): void {
  const aAt = work.address(a);
  const bAt = work.address(b);
  const cAt = work.address(out);
  if (aAt < 0 || bAt < 0 || cAt < 0) {
    outside(work, alpha, a, b, out, sparse, byteScale);
    return;
  }
  const size = b.data.BYTES_PER_ELEMENT;
  const sizeOfA = a.data.BYTES_PER_ELEMENT;
  const { scaled_gemm, scaled_gemm_u8 } = work.kernels(b.data);
  const kernel = isBytes(a) ? scaled_gemm_u8 : scaled_gemm;
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
    alpha,
    sparse,
    work.packing,
    byteScale,
  );
}

function outside(
  work: Workspace,
  alpha: number,
  a: Tensor | ByteTensor,
  b: Tensor,
  out: Tensor,
  sparse: boolean,
  byteScale: number,
): void {
  const [m, n] = out.shape;
  const product = zeros(out.shape, dtypeOf(out));
  const result = zeros(out.shape, dtypeOf(out));
  stagedProduct(work, a, b, product, false, sparse, byteScale);
  const at = (i: number, j: number): number => out.offset + i * out.stride[0] + j * out.stride[1];
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result.data[i * n + j] = out.data[at(i, j)];
  axpy(work, alpha, product, result);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      if (!(sparse && product.data[i * n + j] === 0)) out.data[at(i, j)] = result.data[i * n + j];
    }
  }
}
