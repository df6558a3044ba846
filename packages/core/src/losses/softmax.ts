// softmax: scores in, probabilities out (Deep Learning from Scratch, section 3.5).
import type { Tensor } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";

/**
 * y_k = exp(x_k − max x) / Σ_j exp(x_j − max x), along the last axis: every row of a batch sums to 1 by itself.
 * Taking the maximum off changes no result and keeps exp from overflowing.
 * (C,) → (C,); (N, C) → (N, C); any rank ≥ 1. Source: section 3.5.2.
 */
export function softmax(x: Tensor, options: KernelsOption = {}): Tensor {
  return kernelsOf(options).softmax(x);
}
