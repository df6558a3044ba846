// Layer: what a step of a net must be able to do. Write your own by giving a class these two methods.

import type { IntegerTensor, Tensor } from "@gradloom/kernels";
import { CallOrderError } from "../errors.ts";

/**
 * A differentiable function of one tensor.
 *
 * Two rules, which `checkLayer` tests together with the formula:
 * - inputs are never written to: neither x nor dout;
 * - `out` and `dx` belong to the caller. When one is given, the result is written there and the same tensor
 *   returned, so that a training step allocates nothing; when it is left out, a new array is returned.
 */
export interface Layer {
  /** y = f(x). Keeps whatever `backward` will need: that is why forward runs first. */
  forward(x: Tensor, out?: Tensor): Tensor;

  /**
   * The chain rule: dx = dout · ∂f/∂x at the x of the latest `forward`.
   * `dout` is the derivative of the final loss with respect to this layer's output, in the output's shape;
   * the result is the derivative of the loss with respect to x, in x's shape. It is the next layer's `dout`.
   * @throws CallOrderError before the first `forward`.
   */
  backward(dout: Tensor, dx?: Tensor): Tensor;

  /**
   * Only the dx of `backward`, for layers that have parameters too and can do one without the other.
   * A layer without parameters leaves it out.
   */
  inputGradient?(dout: Tensor, dx?: Tensor): Tensor;

  /**
   * For an f that bends, as Relu does at 0: the side of the bend that each element of the latest x lay on, as 0 or 1.
   * A gradient check reads it to notice that a step of ±h went across. A smooth layer leaves it out.
   */
  readonly mask?: IntegerTensor;

  /** What `explain` shows of the latest forward and backward besides their arrays. May be left out. */
  describe?(): LayerDescription;
}

/** A layer in words and numbers, for `explain`. */
export interface LayerDescription {
  /** Such as "Affine". */
  readonly kind: string;
  /** The formula of `forward`, such as "y = x·W + b". */
  readonly forward: string;
  /** The formulas of `backward`, such as "dx = dout·Wᵀ". */
  readonly backward: readonly string[];
  /** What `forward` kept for `backward`, by name. */
  readonly kept?: Readonly<Record<string, Tensor | IntegerTensor>>;
  /** What the layer learns, by name. */
  readonly parameters?: Readonly<Record<string, Tensor>>;
  /** The gradients of the parameters after a `backward`, by name, such as dW. */
  readonly gradients?: Readonly<Record<string, Tensor>>;
}

/** A value that an earlier call left behind. @throws CallOrderError when that call never came. */
export function keptBy<T>(call: string, value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new CallOrderError(
    `${what} needs what ${call} keeps, and ${call} has not run yet. Call ${call} first: ` +
      "the derivative is taken at the values that went through.",
  );
}
