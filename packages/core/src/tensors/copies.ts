// New arrays in ordinary memory, copies of any view, and elementwise functions for the layers without a kernel.
import { type Dtype, type IntegerTensor, ndarray, type Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError } from "../errors.ts";
import { eachElement } from "./elements.ts";
import { sameShape, shapeText, sizeOf } from "./shapes.ts";

/** Zeros that the garbage collector owns. Buffers that are used again come from `kernels.zeros` instead. */
export function zerosOf(shape: readonly number[], dtype: Dtype): Tensor {
  const size = sizeOf(shape);
  return ndarray(dtype === "float64" ? new Float64Array(size) : new Float32Array(size), [...shape]);
}

/** The element type of a float array. @throws DtypeError for any other array, with the cure. */
export function dtypeOf(x: Tensor | IntegerTensor, name: string): Dtype {
  if (x.dtype === "float32" || x.dtype === "float64") return x.dtype;
  throw new DtypeError(
    `${name} holds ${x.dtype} elements, and float32 or float64 is needed. ` +
      'Convert it, for example with tensor(toNestedArray(x), "float32"), or pixels with kernels.gatherRows.',
  );
}

/** A contiguous copy, in x's own dtype or another. */
export function copyOf(x: Tensor | IntegerTensor, dtype: Dtype = dtypeOf(x, "x")): Tensor {
  const copy = zerosOf(x.shape, dtype);
  eachElement(x, (position, i) => {
    copy.data[i] = x.data[position] ?? 0;
  });
  return copy;
}

/** x itself where it already has the dtype, else a copy that does. */
export function asDtype(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : copyOf(x, dtype);
}

/** out ← x, for views of any strides. Returns out. */
export function assign(out: Tensor, x: Tensor): Tensor {
  if (!sameShape(out.shape, x.shape)) {
    throw new ShapeError(
      `an output of shape ${shapeText(out.shape)} cannot take a result of shape ${shapeText(x.shape)}`,
    );
  }
  const positions = new Uint32Array(x.size);
  eachElement(x, (position, i) => {
    positions[i] = position;
  });
  eachElement(out, (position, i) => {
    out.data[position] = x.data[positions[i] ?? 0] ?? 0;
  });
  return out;
}

/** A new array of f(a, b) for each pair of elements, rounded to the arrays' dtype. */
export function elementwise(
  a: Tensor,
  b: Tensor,
  operation: string,
  f: (a: number, b: number) => number,
): Tensor {
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(
      `${operation}: the two operands need one shape, and these are ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
    );
  }
  const out = copyOf(a);
  eachElement(b, (position, i) => {
    out.data[i] = f(out.data[i] ?? 0, b.data[position] ?? 0);
  });
  return out;
}
