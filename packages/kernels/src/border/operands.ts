// Judges one operand by itself: is it an ndarray of the right element type, and does its view lie inside its data?
import { DtypeError, ShapeError } from "../errors.ts";
import { type IntegerTensor, isSingle, type Tensor } from "../tensor.ts";
import { kindText, shapeText } from "./describe.ts";
import { type AnyTensor, liesInside } from "./extent.ts";

/** @throws DtypeError unless `t` is an ndarray of float32 or float64; ShapeError if its view leaves its data. */
export function judgeFloats(op: string, name: string, t: Tensor): void {
  const data: unknown = t?.data;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw notAn(op, name, t, "floats", "a Float32Array or a Float64Array");
  }
  judgeView(op, name, t);
}

/** @throws DtypeError unless `t` is an ndarray of integers; ShapeError if its view leaves its data. */
export function judgeIntegers(op: string, name: string, t: IntegerTensor): void {
  if (!isIntegers(t)) throw notAn(op, name, t, "whole numbers", "an integer array such as Int32Array");
  judgeView(op, name, t);
}

/** Whether `t` is an ndarray over one of the integer arrays (of at most 32 bits). */
export function isIntegers(t: AnyTensor): t is IntegerTensor {
  const data: unknown = t?.data;
  return (
    data instanceof Int32Array ||
    data instanceof Uint8Array ||
    data instanceof Uint32Array ||
    data instanceof Int8Array ||
    data instanceof Int16Array ||
    data instanceof Uint16Array ||
    data instanceof Uint8ClampedArray
  );
}

/** @throws DtypeError naming both when two float operands, judged already, differ in dtype. */
export function judgeSameDtype(op: string, aName: string, a: Tensor, bName: string, b: Tensor): void {
  if (isSingle(a.data) !== isSingle(b.data)) {
    throw new DtypeError(
      `${op}: ${aName} is ${a.dtype}, but ${bName} is ${b.dtype}. All float operands of one call have one dtype: ` +
        `convert one of them.`,
    );
  }
}

/** @throws ShapeError if a view leaves its data. ndarray's own constructor accepts any shape over any data, so a view may reach outside: that is refused here. */
export function judgeView(op: string, name: string, t: AnyTensor): void {
  if (!liesInside(t)) throw badView(op, name, t);
}

function badView(op: string, name: string, { data, shape, stride, offset }: AnyTensor): ShapeError {
  const strides = `strides [${stride.join(", ")}]`;
  const isWhole = shape.every(
    (size, axis) => Number.isInteger(size) && size >= 0 && Number.isInteger(stride[axis]),
  );
  if (!isWhole) {
    return new ShapeError(
      `${op}: ${name} has shape [${shape.join(", ")}] and ${strides}: sizes are whole numbers from 0 up, strides whole ` +
        "numbers.",
    );
  }
  return new ShapeError(
    `${op}: ${name} is a view of ${shapeText(shape)} with ${strides} from offset ${offset}, ` +
      `but its data has ${data.length} elements: the view leaves its data. Give ndarray the shape that fits.`,
  );
}

function notAn(op: string, name: string, t: AnyTensor, what: string, arrays: string): DtypeError {
  const dtype: unknown = t?.dtype;
  if (typeof dtype === "string" && Array.isArray(t.shape)) {
    return new DtypeError(
      `${op}: ${name} must hold ${what} (an ndarray over ${arrays}), but it is ${dtype}.`,
    );
  }
  return new DtypeError(
    `${op}: ${name} is ${kindText(t)}, not an ndarray. Make one with tensor([...]) or ndarray(data, shape).`,
  );
}
