// What a row should have been: a distribution over the classes or a class number, told apart by rank and dtype only.
import { DtypeError, ShapeError } from "../errors.ts";
import type { IntegerTensor, Tensor } from "../tensor.ts";
import { asMatrix, asVector } from "./as-rows.ts";
import { isText, shapeText, wrongShape } from "./describe.ts";
import { judgeInRange } from "./numbers.ts";
import { isIntegers, judgeFloats, judgeIntegers, judgeSameDtype } from "./operands.ts";
import { isShape } from "./outputs.ts";

/** @throws ShapeError unless scores are one row (C) or a batch of rows (N,C), with at least one class. */
export function judgeScores(op: string, name: string, x: Tensor): void {
  judgeFloats(op, name, x);
  const rank = x.shape.length;
  if (rank !== 1 && rank !== 2) {
    throw new ShapeError(`${op}: ${isText(name, x)}; it takes one row (C) or a batch of rows (N,C).`);
  }
  if (x.shape[rank - 1] === 0)
    throw new ShapeError(`${op}: ${isText(name, x)}: there is no class to choose from.`);
}

/** Judges t against the scores x and returns it as the backend takes it: (N,C) floats or (N) class numbers. */
export function judgeTargets(
  op: string,
  xName: string,
  x: Tensor,
  t: Tensor | IntegerTensor,
): Tensor | IntegerTensor {
  if (isIntegers(t)) return judgeClassNumbers(op, xName, x, t);
  judgeFloats(op, "t", t);
  if (t.shape.length === x.shape.length - 1) {
    throw new DtypeError(
      `${op}: t is ${t.dtype} ${shapeText(t.shape)}: class numbers must be whole numbers. Put them into an Int32Array.`,
    );
  }
  judgeSameDtype(op, xName, x, "t", t);
  if (!isShape(t, x.shape))
    throw wrongShape(op, "t", t, x.shape, `${isText(xName, x)}, a probability for each entry`);
  return asMatrix(t);
}

function judgeClassNumbers(op: string, xName: string, x: Tensor, t: IntegerTensor): IntegerTensor {
  judgeIntegers(op, "t", t);
  if (t.shape.length === x.shape.length && isShape(t, x.shape)) {
    throw new DtypeError(
      `${op}: t is ${t.dtype} ${shapeText(t.shape)}: one-hot and soft labels must have the dtype of ${xName}, ` +
        `${x.dtype}; whole numbers mean one class number per row.`,
    );
  }
  // The common case costs no array.
  if (!(x.shape.length === 2 && t.shape.length === 1 && t.shape[0] === x.shape[0])) {
    const rows = x.shape.slice(0, -1);
    if (!isShape(t, rows))
      throw wrongShape(op, "t", t, rows, `${isText(xName, x)}, one class number per row`);
  }
  const numbers = asVector(t);
  judgeInRange(op, "t", numbers, x.shape[x.shape.length - 1], `the number of classes in ${xName} is`);
  return numbers;
}
