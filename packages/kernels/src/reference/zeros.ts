// A new array of zeros in ordinary JavaScript memory, row-major.
import ndarray from "ndarray";
import { type ArrayOf, type Dtype, floats, size, type Tensor } from "../tensor.ts";

export function zeros<D extends Dtype>(shape: readonly number[], dtype: D): Tensor<ArrayOf<D>> {
  return ndarray(floats(size(shape), dtype), [...shape]);
}
