// Label rules: what t may be, decided by rank and dtype and never by size, and the errors for what it may not be.
import { type IntegerTensor, ndarray, type Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError, ValueError } from "../errors.ts";
import { copyOf } from "../tensors/copies.ts";
import { eachElement } from "../tensors/elements.ts";
import { indexAt, placeText, sameShape, shapeText } from "../tensors/shapes.ts";

/**
 * The right answers for scores x of shape (N, C) or (C,):
 * - a distribution of x's shape, one-hot or soft, any float or integer dtype, each row summing to 1;
 * - class numbers 0 … C−1: an integer array of shape (N,), or for one sample (C,) a 0-d array or a plain number.
 */
export type Labels = Tensor | IntegerTensor | number;

/** How far from 1 the sum of a distribution may be: wide enough for values that were stored in half precision. */
const SUM_TOLERANCE = 1e-3;

const INTEGER_DTYPES = ["int32", "uint8", "int8", "int16", "uint8_clamped", "uint16", "uint32"];

/**
 * t in the form the kernels take: class numbers as they are, a distribution in x's dtype.
 * @throws ShapeError, DtypeError or ValueError, naming the place, the value and the cure.
 */
export function labelsFor(t: Labels, x: Tensor): Tensor | IntegerTensor {
  const labels = typeof t === "number" ? oneClassNumber(t) : t;
  if (x.dimension !== 1 && x.dimension !== 2) {
    throw new ShapeError(`scores need shape (N, C) or (C,), and x has ${shapeText(x.shape)}`);
  }
  if (labels.dimension === x.dimension) return distribution(labels, x);
  if (labels.dimension === x.dimension - 1) return classNumbers(labels, x);
  throw new ShapeError(
    `labels of shape ${shapeText(labels.shape)} do not fit scores of shape ${shapeText(x.shape)}: ` +
      `give a distribution of shape ${shapeText(x.shape)}, or class numbers of shape ${shapeText(x.shape.slice(0, -1))}`,
  );
}

function oneClassNumber(value: number): IntegerTensor {
  if (!Number.isInteger(value)) {
    throw new ValueError(`the class number is ${value}; a whole number from 0 to C−1 is needed`);
  }
  // A number too large for 32 bits stays too large to be a class, so the range check below still sees it.
  return ndarray(Int32Array.of(Math.max(-1, Math.min(value, 0x7fffffff))), []);
}

function classNumbers(t: Tensor | IntegerTensor, x: Tensor): IntegerTensor {
  const classes = x.shape.at(-1) ?? 0;
  if (!isInteger(t)) {
    throw new DtypeError(
      `labels of shape ${shapeText(t.shape)} for scores of shape ${shapeText(x.shape)} are class numbers, ` +
        `and class numbers are whole: these are ${t.dtype}. Store them in an Int32Array.`,
    );
  }
  if (t.dimension === 1 && t.shape[0] !== x.shape[0]) {
    throw new ShapeError(
      `${t.size} class numbers for ${x.shape[0]} rows of scores: shapes ${shapeText(t.shape)} and ${shapeText(x.shape)}`,
    );
  }
  // At most one axis, of any stride; a plain loop, since a step of one row asks as often as one of many.
  const [rows = 1] = t.shape;
  const [step = 0] = t.stride;
  for (let i = 0, position = t.offset; i < rows; i++, position += step) {
    const value = t.data[position] ?? 0;
    if (value < 0 || value >= classes) {
      throw new ValueError(
        `class number t${placeText(t.shape, i)} is ${value}, and the ${classes} classes of scores with shape ` +
          `${shapeText(x.shape)} are 0 to ${classes - 1}. Count classes from 0, or give the net more outputs.`,
      );
    }
  }
  return t;
}

function distribution(t: Tensor | IntegerTensor, x: Tensor): Tensor {
  if (!sameShape(t.shape, x.shape)) {
    const column = t.dimension === 2 && t.shape[1] === 1;
    throw new ShapeError(
      `labels of shape ${shapeText(t.shape)} do not fit scores of shape ${shapeText(x.shape)}. ` +
        (column
          ? `For class numbers drop the last axis: t.pick(null, 0) has shape (${t.shape[0]},) (and an integer dtype).`
          : "A distribution needs the shape of the scores."),
    );
  }
  requireDistribution(t, x.shape.at(-1) ?? 0);
  return isFloat(t) && t.dtype === x.dtype ? t : copyOf(t, x.dtype === "float64" ? "float64" : "float32");
}

function requireDistribution(t: Tensor | IntegerTensor, classes: number): void {
  let sum = 0;
  eachElement(t, (position, i) => {
    const value = t.data[position] ?? 0;
    if (!(value >= 0 && value < Infinity)) {
      throw new ValueError(`label t${placeText(t.shape, i)} is ${value}; a share of 0 or more is needed`);
    }
    sum += value;
    if ((i + 1) % classes !== 0) return;
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      const row = indexAt(t.shape, i).slice(0, -1);
      throw new ValueError(
        `the labels of sample [${row.join(", ")}] sum to ${sum}, not to 1: softmax learns one distribution over the ` +
          "classes. Divide each row by its sum; for class numbers use an integer array with one axis less.",
      );
    }
    sum = 0;
  });
}

function isInteger(t: Tensor | IntegerTensor): t is IntegerTensor {
  return INTEGER_DTYPES.includes(t.dtype);
}

function isFloat(t: Tensor | IntegerTensor): t is Tensor {
  return t.dtype === "float32" || t.dtype === "float64";
}
