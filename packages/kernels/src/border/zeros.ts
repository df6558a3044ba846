// zeros at the border: a shape of whole numbers and a known dtype.
import type { Backend } from "../backend.ts";
import { DtypeError, ShapeError } from "../errors.ts";
import type { ArrayOf, Dtype, Tensor } from "../tensor.ts";
import { kindText } from "./describe.ts";

export function zeros<D extends Dtype>(
  backend: Backend,
  shape: readonly number[],
  dtype: D,
): Tensor<ArrayOf<D>> {
  if (!Array.isArray(shape))
    throw new ShapeError(`zeros: the shape is ${kindText(shape)}; give an array like [2, 3].`);
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0) {
      throw new ShapeError(`zeros: the shape [${shape.join(", ")}] must be whole numbers from 0 up.`);
    }
  }
  if (dtype !== "float32" && dtype !== "float64") {
    throw new DtypeError(`zeros: the dtype ${JSON.stringify(dtype)} is unknown. Use "float32" or "float64".`);
  }
  return backend.zeros(shape, dtype);
}
