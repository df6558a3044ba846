// The products of matrices that need no judging, seen at a glance: the judges of operands take longer than a short product.
import type { ByteTensor, Tensor } from "../tensor.ts";
import type { AnyTensor } from "./extent.ts";
import { areApart } from "./overlap.ts";

/**
 * True only if no judge could find fault with a·b → out: float32 matrices, of which a may be bytes, with elements, no
 * stride below 0, out row by row in an array that shares no byte with the others'. False says nothing.
 */
export function isPlainProduct(a: Tensor | ByteTensor, b: Tensor, out: Tensor): boolean {
  if (!(b?.data instanceof Float32Array && out?.data instanceof Float32Array)) return false;
  if (!(a?.data instanceof Float32Array || a?.data instanceof Uint8Array)) return false;
  return (
    isPlainMatrix(a) &&
    isPlainMatrix(b) &&
    isPlainMatrix(out) &&
    a.shape[1] === b.shape[0] &&
    out.shape[0] === a.shape[0] &&
    out.shape[1] === b.shape[1] &&
    out.stride[1] === 1 &&
    out.stride[0] >= out.shape[1] &&
    areApart(out.data, a.data) &&
    areApart(out.data, b.data)
  );
}

/** Whether t has two axes, elements, whole sizes and strides, none below 0, and lies inside its data. */
function isPlainMatrix({ data, shape, stride, offset }: AnyTensor): boolean {
  if (shape.length !== 2) return false;
  const rows = shape[0];
  const columns = shape[1];
  const rowStride = stride[0];
  const columnStride = stride[1];
  return (
    Number.isInteger(rows) &&
    Number.isInteger(columns) &&
    Number.isInteger(rowStride) &&
    Number.isInteger(columnStride) &&
    Number.isInteger(offset) &&
    rows > 0 &&
    columns > 0 &&
    rowStride >= 0 &&
    columnStride >= 0 &&
    offset >= 0 &&
    offset + (rows - 1) * rowStride + (columns - 1) * columnStride < data.length
  );
}
