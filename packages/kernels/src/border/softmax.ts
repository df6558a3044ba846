// softmax and log softmax at the border: along the last axis, any rank from 1 up.
import type { Backend } from "../backend.ts";
import { ShapeError } from "../errors.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import { judgeFloats } from "./operands.ts";
import { allocate, judgeApart, judgeOutput, judgeSameShape } from "./outputs.ts";

export function softmax<T extends FloatArray>(
  backend: Backend,
  op: "softmax" | "logSoftmax",
  x: Tensor<T>,
  out: Tensor<T> | undefined,
): Tensor<T> {
  judgeFloats(op, "x", x);
  if (x.shape.length === 0)
    throw new ShapeError(`${op}: x is a single number (0-d); it needs an axis to work along.`);
  const result = out ?? allocate(x, x.shape);
  if (out !== undefined) {
    judgeOutput(op, "out", out, "x", x);
    judgeSameShape(op, "out", out, "x", x);
    judgeApart(op, "out", out, "x", x);
  }
  backend[op](x, result);
  return result;
}
