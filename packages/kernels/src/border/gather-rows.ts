// gatherRows at the border: rows of floats or of bytes, picked by number.
import type { NdArray } from "ndarray";
import type { Backend } from "../backend.ts";
import { DtypeError, ShapeError, ValueError } from "../errors.ts";
import type { GatherOptions } from "../kernels.ts";
import { type ByteTensor, type FloatArray, type IntegerTensor, isBytes, type Tensor } from "../tensor.ts";
import { isText, wrongShape } from "./describe.ts";
import { judgeFinite, judgeInRange } from "./numbers.ts";
import { isIntegers, judgeFloats, judgeIntegers } from "./operands.ts";
import { judgeApart, judgeNotBroadcast, judgeOutput } from "./outputs.ts";

const OP = "gatherRows";

export function gatherRows<T extends FloatArray | Uint8Array>(
  backend: Backend,
  source: NdArray<NoInfer<T>> | ByteTensor,
  rows: IntegerTensor,
  out: NdArray<T>,
  options: GatherOptions | undefined,
): NdArray<T> {
  gather(backend, source as Tensor | ByteTensor, rows, out as Tensor | ByteTensor, options?.scale ?? 1);
  return out;
}

function gather(
  backend: Backend,
  source: Tensor | ByteTensor,
  rows: IntegerTensor,
  out: Tensor | ByteTensor,
  scale: number,
): void {
  judgeSource(source);
  judgeIntegers(OP, "rows", rows);
  judgeRows(out, source);
  if (source.shape.length !== 2)
    throw new ShapeError(`${OP}: ${isText("source", source)}; it takes rows (N,D).`);
  if (rows.shape.length !== 1)
    throw new ShapeError(`${OP}: ${isText("rows", rows)}; it takes a vector of row numbers.`);
  if (out.shape.length !== 2 || out.shape[0] !== rows.shape[0] || out.shape[1] !== source.shape[1]) {
    const wanted = [rows.shape[0], source.shape[1]];
    throw wrongShape(OP, "out", out, wanted, `${isText("rows", rows)} and ${isText("source", source)}`);
  }
  judgeInRange(OP, "rows", rows, source.shape[0], "the number of rows in source is");
  judgeScale(scale, out);
  judgeApart(OP, "out", out, "source", source);
  judgeApart(OP, "out", out, "rows", rows);
  backend.gatherRows(source, rows, out, scale);
}

function judgeSource(source: Tensor | ByteTensor): void {
  if (!isIntegers(source)) judgeFloats(OP, "source", source);
  else if (isBytes(source)) judgeIntegers(OP, "source", source);
  else {
    const dtype: unknown = (source as IntegerTensor).dtype;
    throw new DtypeError(
      `${OP}: source must hold floats or unsigned bytes (a Uint8Array), but it is ${String(dtype)}.`,
    );
  }
}

/** Rows of floats are judged as any output; rows of bytes come from bytes. */
function judgeRows(out: Tensor | ByteTensor, source: Tensor | ByteTensor): void {
  if (!(out?.data instanceof Uint8Array)) {
    judgeOutput(OP, "out", out as Tensor, "source", isBytes(source) ? (out as Tensor) : source);
    return;
  }
  judgeIntegers(OP, "out", out as ByteTensor);
  if (!isBytes(source)) {
    throw new DtypeError(
      `${OP}: out is uint8, but source is ${source.dtype}. Give an out of source's dtype: floats are not cut to bytes.`,
    );
  }
  judgeNotBroadcast(OP, "out", out);
}

function judgeScale(scale: number, out: Tensor | ByteTensor): void {
  if (!isBytes(out)) judgeFinite(OP, "scale", scale, out);
  else if (scale !== 1) {
    throw new ValueError(
      `${OP}: out holds bytes, which stay as they are, but scale is ${scale}. Leave scale out, or give an out of floats.`,
    );
  }
}
