// relu, sigmoid, their backward forms and axpy at the border: operands of one shape, any rank, in place if asked for.
import type { Backend, ElementwiseBackward } from "../backend.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import { judgeFinite } from "./numbers.ts";
import { judgeFloats, judgeSameDtype } from "./operands.ts";
import { allocate, judgeInPlace, judgeOutput, judgeSameShape } from "./outputs.ts";

export function elementwise<T extends FloatArray>(
  backend: Backend,
  op: "relu" | "sigmoid",
  x: Tensor<T>,
  out: Tensor<T> | undefined,
): Tensor<T> {
  judgeFloats(op, "x", x);
  const result = out ?? allocate(x, x.shape);
  if (out !== undefined) {
    judgeOutput(op, "out", out, "x", x);
    judgeSameShape(op, "out", out, "x", x);
    judgeInPlace(op, "out", out, "x", x);
  }
  backend[op](x, result);
  return result;
}

export function elementwiseBackward<T extends FloatArray>(
  backend: Backend,
  op: ElementwiseBackward,
  y: Tensor<T>,
  dout: Tensor<T>,
  out: Tensor<T> | undefined,
): Tensor<T> {
  if (out !== undefined && backend.knownCalls?.elementwiseBackward(op, y, dout, out)) return out;
  judgeFloats(op, "y", y);
  judgeFloats(op, "dout", dout);
  judgeSameDtype(op, "y", y, "dout", dout);
  judgeSameShape(op, "dout", dout, "y", y);
  const result = out ?? allocate(y, y.shape);
  if (out !== undefined) {
    judgeOutput(op, "out", out, "y", y);
    judgeSameShape(op, "out", out, "y", y);
    judgeInPlace(op, "out", out, "y", y);
    judgeInPlace(op, "out", out, "dout", dout);
  }
  backend[op](y, dout, result);
  if (out !== undefined) backend.knownCalls?.rememberElementwiseBackward(op, y, dout, out);
  return result;
}

export function axpy<T extends FloatArray>(
  backend: Backend,
  alpha: number,
  x: Tensor<T>,
  y: Tensor<T>,
): Tensor<T> {
  if (backend.knownCalls?.axpy(alpha, x, y)) return y;
  judgeFloats("axpy", "x", x);
  judgeOutput("axpy", "y", y, "x", x);
  judgeSameShape("axpy", "y", y, "x", x);
  judgeFinite("axpy", "alpha", alpha, y);
  judgeInPlace("axpy", "y", y, "x", x);
  backend.axpy(alpha, x, y);
  backend.knownCalls?.rememberAxpy(x, y);
  return y;
}
