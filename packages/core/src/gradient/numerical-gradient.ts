// numericalGradient: the gradient by trying it out (Deep Learning from Scratch, section 4.4).
import type { Tensor } from "@gradloom/kernels";
import { zerosOf } from "../tensors/copies.ts";
import { eachElement } from "../tensors/elements.ts";
import { centralDifference, requireDifferentiable } from "./central-difference.ts";

/**
 * ∂f/∂x_i ≈ (f(x + h·e_i) − f(x − h·e_i)) / 2h for every element of x; a new array in x's shape. Source: 4.3.1, 4.4.
 * x (float64, any shape and strides) is moved in place while f runs, so a layer that holds x sees it, and every
 * element is put back exactly, also when f throws. f gets x itself.
 * @throws DtypeError for a float32 x, ValueError for an h that is not a positive number.
 */
export function numericalGradient(f: (x: Tensor) => number, x: Tensor, h = 1e-4): Tensor {
  requireDifferentiable(x, h, "x");
  const gradient = zerosOf(x.shape, "float64");
  eachElement(x, (position, i) => {
    gradient.data[i] = centralDifference(() => f(x), x, position, h);
  });
  return gradient;
}
