// What a backend implements. Everything was judged at the border (border/): shapes fit, one dtype, outputs given,
// no forbidden overlap, class and row numbers in range. A backend trusts its operands and returns nothing.
import type { BackendName, Explanation, LibraryFacts, MatmulOptions } from "./kernels.ts";
import type { AdagradStep, AdamStep, MomentumStep, RmspropStep } from "./optimizer-steps.ts";
import type { ProductOptions } from "./reference/matmul.ts";
import type { ArrayOf, ByteTensor, Dtype, IntegerTensor, Tensor } from "./tensor.ts";

/** Where a gradient goes that is computed with a loss. */
export interface GradientOutput {
  readonly dx: Tensor;
  readonly scale: number;
}

/** Short products that were judged before, and need not be again. */
export interface KnownProducts {
  /** Computes a product that was remembered, of the same views with the same options; false if it was not: nothing is done. */
  repeat(a: Tensor | ByteTensor, b: Tensor, out: Tensor, options?: MatmulOptions): boolean;
  /** Remembers a product that was judged, is what border/plain-product.ts calls plain, and whose out is apart from its bias, too. */
  remember(a: Tensor | ByteTensor, b: Tensor, out: Tensor, options?: MatmulOptions): void;
}

/**
 * Short calls that were judged before, and need not be again. Each computes the call that was remembered, of the same
 * views; false if it was not, or if a number or a class would not be let through: nothing is done. What may be remembered
 * was judged, with all outputs given.
 */
export interface KnownCalls {
  sumRows(x: Tensor, out: Tensor): boolean;
  rememberSumRows(x: Tensor, out: Tensor): void;
  axpy(alpha: number, x: Tensor, y: Tensor): boolean;
  rememberAxpy(x: Tensor, y: Tensor): void;
  elementwiseBackward(op: ElementwiseBackward, y: Tensor, dout: Tensor, out: Tensor): boolean;
  rememberElementwiseBackward(op: ElementwiseBackward, y: Tensor, dout: Tensor, out: Tensor): void;
  softmaxCrossEntropy(
    x: Tensor,
    t: Tensor | IntegerTensor,
    y: Tensor,
    losses: Tensor,
    dx: Tensor | undefined,
    scale: number,
  ): boolean;
  rememberSoftmaxCrossEntropy(
    x: Tensor,
    t: Tensor | IntegerTensor,
    y: Tensor,
    losses: Tensor,
    dx: Tensor | undefined,
  ): void;
}

/** From a result and the gradient for it to the gradient for the input. */
export type ElementwiseBackward = "reluBackward" | "sigmoidBackward";

export interface Backend {
  readonly name: BackendName;
  /** Operation → implementation, for `explain()`. */
  readonly operations: Readonly<Record<string, string>>;
  readonly memory: Explanation["memory"];
  readonly library?: LibraryFacts;
  zeros<D extends Dtype>(shape: readonly number[], dtype: D): Tensor<ArrayOf<D>>;

  /**
   * out (m,n) ← relu([out +] [alpha·] a (m,k) · b (k,n) + bias (n)); every operand but the bias is 2-D, any of m, k, n
   * may be 0. With alpha, accumulate is true. An a of bytes comes with sparse alone, and stands for byteScale·a.
   */
  matmul(a: Tensor | ByteTensor, b: Tensor, out: Tensor, accumulate: boolean, options?: ProductOptions): void;
  /** Knows products again that this backend's own `matmul` computes; a backend with another `matmul` has none. */
  readonly knownProducts?: KnownProducts | undefined;
  /** Knows other calls again that this backend's own operations compute. */
  readonly knownCalls?: KnownCalls | undefined;
  /** Along the last axis, any rank ≥ 1. */
  softmax(x: Tensor, out: Tensor): void;
  logSoftmax(x: Tensor, out: Tensor): void;
  /** x (N,C), y (N,C), losses (N); t is (N,C) of x's dtype or (N) whole numbers; dx (N,C) ← (y − t)·scale. */
  softmaxCrossEntropy(
    x: Tensor,
    t: Tensor | IntegerTensor,
    y: Tensor,
    losses: Tensor,
    gradient?: GradientOutput,
  ): void;
  /** out ← (y − t)·scale on (N,C). */
  softmaxCrossEntropyBackward(y: Tensor, t: Tensor | IntegerTensor, scale: number, out: Tensor): void;
  relu(x: Tensor, out: Tensor): void;
  reluBackward(y: Tensor, dout: Tensor, out: Tensor): void;
  sigmoid(x: Tensor, out: Tensor): void;
  sigmoidBackward(y: Tensor, dout: Tensor, out: Tensor): void;
  /** x (N,M), b (M), out (N,M). */
  addBias(x: Tensor, b: Tensor, out: Tensor): void;
  /** x (N,M), out (M). */
  sumRows(x: Tensor, out: Tensor): void;
  axpy(alpha: number, x: Tensor, y: Tensor): void;
  /** Any rank; true where there is no element. */
  allFinite(x: Tensor): boolean;
  /** In place on p and the state; all operands of one shape, none sharing memory with another. */
  momentumStep(p: Tensor, g: Tensor, v: Tensor, step: MomentumStep): void;
  adagradStep(p: Tensor, g: Tensor, h: Tensor, step: AdagradStep): void;
  rmspropStep(p: Tensor, g: Tensor, h: Tensor, step: RmspropStep): void;
  adamStep(p: Tensor, g: Tensor, m: Tensor, v: Tensor, step: AdamStep): void;
  /** Where out holds bytes, so does the source, and scale is 1. */
  gatherRows(source: Tensor | ByteTensor, rows: IntegerTensor, out: Tensor | ByteTensor, scale: number): void;
}
