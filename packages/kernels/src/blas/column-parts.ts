// The two parts of a matrix of bytes, in scratch memory: its dense columns as floats, or all others as bytes.
import ndarray from "ndarray";
import type { ByteTensor, Tensor } from "../tensor.ts";
import type { Workspace } from "../wasm/workspace.ts";
import type { Bytes, DenseColumns } from "./dense-columns.ts";

/** Dense columns of some rows of x as floats, where the room begins. */
export function pickColumns(
  work: Workspace,
  x: Bytes,
  dense: DenseColumns,
  { data }: Tensor,
  row: number,
  rows: number,
): void {
  const { pick_columns } = work.kernels(data);
  const from = x.at + row * x.row;
  pick_columns(rows, dense.numbers.length, from, x.row, dense.numbersAt, dense.roomAt, x.scale);
}

/** Some rows of x with 0 in the dense columns, where the room begins. */
export function otherColumns(
  work: Workspace,
  x: Bytes,
  { maskAt, roomAt }: DenseColumns,
  row: number,
  rows: number,
): ByteTensor {
  work.byteColumns.mask_columns(rows, x.columns, x.at + row * x.row, x.row, maskAt, roomAt);
  return ndarray(work.bytes, [rows, x.columns], [x.columns, 1], roomAt);
}
