// Clipping each entry of a gradient by itself.
import type { Tensor } from "@gradloom/kernels";
import { positive } from "../optimizers/hyperparameters.ts";
import { assign, copyOf } from "../tensors/copies.ts";
import { eachElement } from "../tensors/elements.ts";

/**
 * Each entry g becomes min(max(g, −limit), limit): PyTorch's `clip_grad_value_`. NaN stays NaN.
 * The result is a new array of the gradients' shape, or `out`, which may be the gradients themselves.
 * @throws ValueError unless the limit is a finite number above 0; ShapeError for an out of another shape.
 */
export function clipByValue(gradients: Tensor, limit: number, out?: Tensor): Tensor {
  positive("limit", limit, "1");
  const clipped = out === undefined ? copyOf(gradients) : out === gradients ? out : assign(out, gradients);
  const { data } = clipped;
  eachElement(clipped, (position) => {
    data[position] = Math.min(Math.max(data[position], -limit), limit);
  });
  return clipped;
}
