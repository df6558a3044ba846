// Clipping a whole gradient: its direction stays, its length is bounded.
import type { Tensor } from "@gradloom/kernels";
import { positive } from "../optimizers/hyperparameters.ts";
import { assign, copyOf } from "../tensors/copies.ts";
import { eachElement } from "../tensors/elements.ts";

/** Keeps the divisor away from 0, as in PyTorch. */
const EPS = 1e-6;

/**
 * √Σ g² over all entries, in float64 and in their row-major order. Of a net's flat gradient vector that is the norm
 * over all parameters: the gaps between them are 0. It needs the whole vector; who cuts vectors takes it before.
 */
export function globalNorm(gradients: Tensor): number {
  const { data } = gradients;
  let sum = 0;
  eachElement(gradients, (position) => {
    sum += data[position] * data[position];
  });
  return Math.sqrt(sum);
}

/** What a gradient of this norm is multiplied by: min(1, maxNorm / (norm + 1e-6)). @throws ValueError for a maxNorm ≤ 0 */
export function clipFactor(norm: number, maxNorm: number): number {
  return Math.min(1, positive("maxNorm", maxNorm, "1") / (norm + EPS));
}

/**
 * gradients · clipFactor(norm, maxNorm): PyTorch's `clip_grad_norm_`. The norm is `globalNorm(gradients)`, or that of
 * the whole vector when `gradients` is a slice of it.
 * The result is a new array of the gradients' shape, or `out`, which may be the gradients themselves.
 * @throws ValueError unless maxNorm is a finite number above 0; ShapeError for an out of another shape.
 */
export function clipByGlobalNorm(
  gradients: Tensor,
  maxNorm: number,
  out?: Tensor,
  norm: number = globalNorm(gradients),
): Tensor {
  const factor = clipFactor(norm, maxNorm);
  const clipped = out === undefined ? copyOf(gradients) : out === gradients ? out : assign(out, gradients);
  if (factor === 1) return clipped;
  const { data } = clipped;
  eachElement(clipped, (position) => {
    data[position] *= factor;
  });
  return clipped;
}
