// addBias, sumRows and gatherRows at the border: the operations between a batch of rows and one row.
import type { Backend } from "../backend.ts";
import { DtypeError, ShapeError } from "../errors.ts";
import type { GatherOptions } from "../kernels.ts";
import type { FloatArray, IntegerTensor, Tensor } from "../tensor.ts";
import { asMatrix } from "./as-rows.ts";
import { isText, wrongShape } from "./describe.ts";
import { judgeFinite, judgeInRange } from "./numbers.ts";
import { isIntegers, judgeFloats, judgeIntegers, judgeSameDtype } from "./operands.ts";
import { allocate, judgeApart, judgeInPlace, judgeOutput, judgeSameShape } from "./outputs.ts";

export function addBias<T extends FloatArray>(
  backend: Backend,
  x: Tensor<T>,
  b: Tensor<T>,
  out: Tensor<T> | undefined,
): Tensor<T> {
  judgeFloats("addBias", "x", x);
  judgeFloats("addBias", "b", b);
  judgeSameDtype("addBias", "x", x, "b", b);
  const rank = x.shape.length;
  if (rank !== 1 && rank !== 2) {
    throw new ShapeError(`addBias: ${isText("x", x)}; it takes one row (M) or a batch of rows (N,M).`);
  }
  if (b.shape.length !== 1 || b.shape[0] !== x.shape[rank - 1]) {
    throw wrongShape("addBias", "b", b, x.shape.slice(-1), `${isText("x", x)}, one bias per column`);
  }
  const result = out ?? allocate(x, x.shape);
  if (out !== undefined) {
    judgeOutput("addBias", "out", out, "x", x);
    judgeSameShape("addBias", "out", out, "x", x);
    judgeInPlace("addBias", "out", out, "x", x);
    judgeApart("addBias", "out", out, "b", b);
  }
  backend.addBias(asMatrix(x), b, asMatrix(result));
  return result;
}

export function sumRows<T extends FloatArray>(
  backend: Backend,
  x: Tensor<T>,
  out: Tensor<T> | undefined,
): Tensor<T> {
  judgeFloats("sumRows", "x", x);
  if (x.shape.length !== 2)
    throw new ShapeError(`sumRows: ${isText("x", x)}; it takes a batch of rows (N,M).`);
  const result = out ?? allocate(x, [x.shape[1]]);
  if (out !== undefined) {
    judgeOutput("sumRows", "out", out, "x", x);
    if (out.shape.length !== 1 || out.shape[0] !== x.shape[1]) {
      throw wrongShape("sumRows", "out", out, [x.shape[1]], `${isText("x", x)}, one sum per column`);
    }
    judgeApart("sumRows", "out", out, "x", x);
  }
  backend.sumRows(x, result);
  return result;
}

export function gatherRows<T extends FloatArray>(
  backend: Backend,
  source: Tensor<T> | IntegerTensor<Uint8Array>,
  rows: IntegerTensor,
  out: Tensor<T>,
  options: GatherOptions | undefined,
): Tensor<T> {
  const op = "gatherRows";
  judgeSource(op, source);
  judgeIntegers(op, "rows", rows);
  judgeOutput(op, "out", out, "source", isIntegers(source) ? out : source);
  if (source.shape.length !== 2)
    throw new ShapeError(`${op}: ${isText("source", source)}; it takes rows (N,D).`);
  if (rows.shape.length !== 1)
    throw new ShapeError(`${op}: ${isText("rows", rows)}; it takes a vector of row numbers.`);
  if (out.shape.length !== 2 || out.shape[0] !== rows.shape[0] || out.shape[1] !== source.shape[1]) {
    const wanted = [rows.shape[0], source.shape[1]];
    throw wrongShape(op, "out", out, wanted, `${isText("rows", rows)} and ${isText("source", source)}`);
  }
  judgeInRange(op, "rows", rows, source.shape[0], "the number of rows in source is");
  const scale = options?.scale ?? 1;
  judgeFinite(op, "scale", scale, out);
  judgeApart(op, "out", out, "source", source);
  judgeApart(op, "out", out, "rows", rows);
  backend.gatherRows(source, rows, out, scale);
  return out;
}

function judgeSource(op: string, source: Tensor | IntegerTensor<Uint8Array>): void {
  if (!isIntegers(source)) judgeFloats(op, "source", source);
  else if (source.data instanceof Uint8Array) judgeIntegers(op, "source", source);
  else {
    const dtype: unknown = (source as IntegerTensor).dtype;
    throw new DtypeError(
      `${op}: source must hold floats or unsigned bytes (a Uint8Array), but it is ${String(dtype)}.`,
    );
  }
}
