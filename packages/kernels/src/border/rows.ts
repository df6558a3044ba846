// addBias and sumRows at the border: the operations between a batch of rows and one row.
import type { Backend } from "../backend.ts";
import { ShapeError } from "../errors.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import { asMatrix } from "./as-rows.ts";
import { isText, wrongShape } from "./describe.ts";
import { judgeFloats, judgeSameDtype } from "./operands.ts";
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
  if (out !== undefined && backend.knownCalls?.sumRows(x, out)) return out;
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
  if (out !== undefined) backend.knownCalls?.rememberSumRows(x, out);
  return result;
}
