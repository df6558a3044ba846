// SoftmaxWithLoss: scores to a loss, and back to (y − t)/N (Deep Learning from Scratch, section 5.6.3, appendix A).
import type { CrossEntropyOutputs, FloatArray, IntegerTensor, Tensor } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { meanLoss, sampleLosses } from "../losses/cross-entropy-error.ts";
import { requireEpsilon } from "../losses/epsilon.ts";
import { type Labels, labelsFor } from "../losses/labels.ts";
import { eachElement } from "../tensors/elements.ts";
import { keptBy } from "./layer.ts";

export interface SoftmaxWithLossOptions extends KernelsOption {
  /** Added to y inside the log. Default 0: exact. 1e-7 is the book's loss; the gradient is (y − t)/N either way. */
  readonly eps?: number;
}

interface Kept {
  readonly y: Tensor;
  readonly t: Tensor | IntegerTensor;
  readonly losses: Tensor;
  readonly loss: number;
}

/**
 * y = softmax(x), row by row; loss = −(1/N) Σ_n Σ_k t_nk · log(y_nk + eps).
 * The two belong in one layer because together their derivative is simply y − t.
 * x (N, C), or (C,) as one sample; t one-hot, soft or class numbers, see `Labels`.
 */
export class SoftmaxWithLoss {
  readonly #options: KernelsOption;
  readonly eps: number;
  #kept: Kept | undefined;

  constructor(options: SoftmaxWithLossOptions = {}) {
    this.#options = options;
    this.eps = requireEpsilon(options.eps);
  }

  /**
   * Returns the mean loss of the samples, summed in their order in float64.
   * Where buffers for y (x's shape) and the samples' losses (x's shape without its last axis) are given,
   * nothing is allocated. @throws ShapeError, DtypeError or ValueError for labels that break the rules.
   */
  forward(x: Tensor, t: Labels, buffers?: CrossEntropyOutputs<FloatArray>): number {
    const labels = labelsFor(t, x);
    const { y, losses } = kernelsOf(this.#options).softmaxCrossEntropy(x, labels, buffers);
    if (this.eps > 0) writeLosses(losses, sampleLosses(y, labels, this.eps));
    this.#kept = { y, t: labels, losses, loss: meanLoss(losses) };
    return this.#kept.loss;
  }

  /**
   * dx = (y − t) · dout / samples, in x's shape. dout is 1 when the loss is the end of the graph.
   * samples: what the loss is a mean over; by default the rows of this batch. Whoever splits a batch into parts
   * passes the rows of the whole batch.
   */
  backward(dout = 1, dx?: Tensor, samples?: number): Tensor {
    const { y, t, losses } = this.#after("backward");
    return kernelsOf(this.#options).softmaxCrossEntropyBackward(y, t, dout / (samples ?? losses.size), dx);
  }

  /** softmax of the latest x, in its shape. */
  get y(): Tensor {
    return this.#after("y").y;
  }

  /** The latest labels: class numbers, or a distribution in x's dtype. */
  get t(): Tensor | IntegerTensor {
    return this.#after("t").t;
  }

  /** The loss of each sample: (N,), or 0-d for one sample. */
  get losses(): Tensor {
    return this.#after("losses").losses;
  }

  /** The mean of `losses`. */
  get loss(): number {
    return this.#after("loss").loss;
  }

  #after(what: string): Kept {
    return keptBy("forward", this.#kept, `SoftmaxWithLoss.${what}`);
  }
}

function writeLosses(out: Tensor, losses: Float64Array): void {
  eachElement(out, (position, i) => {
    out.data[position] = losses[i] ?? 0;
  });
}
