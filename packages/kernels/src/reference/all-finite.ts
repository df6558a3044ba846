// Whether every element is a finite number: no NaN, no infinity.
import type { Tensor } from "../tensor.ts";
import { rowCount, rowLength, rowStart, rowStride } from "./rows.ts";

/** Any rank and strides; true where there is no element. */
export function allFinite(x: Tensor): boolean {
  const rows = rowCount(x);
  const length = rowLength(x);
  const stride = rowStride(x);
  const { data } = x;
  for (let row = 0; row < rows; row++) {
    const start = rowStart(x, row);
    for (let j = 0; j < length; j++) if (!Number.isFinite(data[start + j * stride])) return false;
  }
  return true;
}
