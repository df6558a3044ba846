// The floats that bytes stand for: scale·byte, rounded once.
import type { ByteTensor, Dtype, Tensor } from "../tensor.ts";
import { zeros } from "./zeros.ts";

/** A new row-major tensor of bytes' shape, (K) or (M,K). The scale is rounded to the dtype first, as in gatherRows. */
export function floatsOf(bytes: ByteTensor, scale: number, dtype: Dtype): Tensor {
  const floats: Tensor = zeros(bytes.shape, dtype);
  const factor = dtype === "float32" ? Math.fround(scale) : scale;
  const [columns, columnStride] = [bytes.shape.at(-1) ?? 0, bytes.stride.at(-1) ?? 0];
  const rowStride = bytes.dimension === 2 ? bytes.stride[0] : 0;
  for (let at = 0; at < floats.data.length; at++) {
    const j = at % columns;
    floats.data[at] = bytes.data[bytes.offset + ((at - j) / columns) * rowStride + j * columnStride] * factor;
  }
  return floats;
}
