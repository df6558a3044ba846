// SoftmaxWithLoss: scores to a loss, and back to (y − t)/N (Deep Learning from Scratch, section 5.6.3, appendix A).
import type { CrossEntropyOutputs, FloatArray, IntegerTensor, Tensor } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { meanLoss, sampleLosses } from "../losses/cross-entropy-error.ts";
import { requireEpsilon } from "../losses/epsilon.ts";
import { type Labels, labelsFor } from "../losses/labels.ts";
import {
  type WeightedLabels,
  type Weights,
  weightedGradient,
  weightedLabels,
  weightedLosses,
} from "../losses/weighted-labels.ts";
import { eachElement } from "../tensors/elements.ts";
import { keptBy } from "./layer.ts";

/** Options of SoftmaxWithLoss. */
export interface SoftmaxWithLossOptions extends KernelsOption {
  /** Added to y inside the log. Default 0: exact. 1e-7 is the book's loss; the gradient is (y − t)/N either way. */
  readonly eps?: number;
  /** c (C,): how much each class counts, for example more where it is rare. Default: all alike. */
  readonly classWeights?: Weights;
}

interface Kept {
  readonly y: Tensor;
  readonly t: Tensor | IntegerTensor;
  readonly losses: Tensor;
  readonly loss: number;
  readonly weighted: WeightedLabels | undefined;
}

/**
 * y = softmax(x), row by row; loss = −(1/N) Σ_n Σ_k t_nk · log(y_nk + eps).
 * The two belong in one layer because together their derivative is simply y − t.
 * x (N, C), or (C,) as one sample; t one-hot, soft or class numbers, see `Labels`.
 *
 * With class weights c or sample weights w: loss = −(1/S) Σ_n w_n Σ_k c_k · t_nk · log(y_nk + eps), where S is what
 * the mean is over: Σ_n w_n·c_{t_n} for class numbers, Σ_n w_n for distributions, one-hot ones too. With c alone that is
 * PyTorch's `CrossEntropyLoss(weight=c)`, which divides the two forms of labels by these two sums.
 */
export class SoftmaxWithLoss {
  readonly #options: KernelsOption;
  readonly eps: number;
  readonly classWeights: Weights | undefined;
  #kept: Kept | undefined;

  constructor(options: SoftmaxWithLossOptions = {}) {
    this.#options = options;
    this.eps = requireEpsilon(options.eps);
    this.classWeights = options.classWeights;
  }

  /**
   * Returns the mean loss of the samples, summed in their order in float64; `weights` is w (N,).
   * Where buffers for y (x's shape) and the samples' losses (x's shape without its last axis) are given, nothing is
   * allocated. With `dx` (x's shape) among them what `backward` gives for `scale` = dout / samples is written there in the
   * same pass, for whoever knows it beforehand. @throws ShapeError, DtypeError or ValueError for labels or weights that break the rules.
   */
  forward(x: Tensor, t: Labels, buffers?: CrossEntropyOutputs<FloatArray>, weights?: Weights): number {
    const kernels = kernelsOf(this.#options);
    const labels = labelsFor(t, x);
    const weighted = weightedLabels(labels, x, this.classWeights, weights);
    const { y, losses } = kernels.softmaxCrossEntropy(
      x,
      labels,
      weighted ? withoutGradient(buffers) : buffers,
    );
    if (weighted && buffers?.dx) weightedGradient(y, weighted, buffers.scale ?? 1, buffers.dx);
    if (weighted) writeLosses(losses, weightedLosses(kernels, x, y, weighted, this.eps));
    else if (this.eps > 0) writeLosses(losses, sampleLosses(y, labels, this.eps));
    this.#kept = { y, t: labels, losses, loss: meanLoss(losses, weighted?.total), weighted };
    return this.#kept.loss;
  }

  /**
   * dx = (y − t) · dout / samples, in x's shape. dout is 1 when the loss is the end of the graph.
   * With weights dx_nk = w_n·(y_nk · Σ_j c_j·t_nj − c_k·t_nk) · dout / samples.
   * samples: what the loss is a mean over; by default `totalWeight`, the rows of this batch or S. Whoever splits a
   * batch into parts passes that of the whole batch.
   */
  backward(dout = 1, dx?: Tensor, samples?: number): Tensor {
    const { y, t, weighted } = this.#after("backward");
    const scale = dout / (samples ?? this.totalWeight);
    if (weighted) return weightedGradient(y, weighted, scale, dx);
    return kernelsOf(this.#options).softmaxCrossEntropyBackward(y, t, scale, dx);
  }

  /** softmax of the latest x, in its shape. */
  get y(): Tensor {
    return this.#after("y").y;
  }

  /** The latest labels: class numbers, or a distribution in x's dtype. */
  get t(): Tensor | IntegerTensor {
    return this.#after("t").t;
  }

  /** The loss of each sample, times its weights if there are any: (N,), or 0-d for one sample. */
  get losses(): Tensor {
    return this.#after("losses").losses;
  }

  /** What the loss is a mean over: the number of samples, or S with weights. */
  get totalWeight(): number {
    const { losses, weighted } = this.#after("totalWeight");
    return weighted?.total ?? losses.size;
  }

  /** The mean: the sum of `losses` over `totalWeight`. */
  get loss(): number {
    return this.#after("loss").loss;
  }

  #after(what: string): Kept {
    return keptBy("forward", this.#kept, `SoftmaxWithLoss.${what}`);
  }
}

/** The kernels know nothing of weights. */
function withoutGradient({
  y,
  losses,
}: CrossEntropyOutputs<FloatArray> = {}): CrossEntropyOutputs<FloatArray> {
  return { ...(y && { y }), ...(losses && { losses }) };
}

function writeLosses(out: Tensor, losses: Float64Array): void {
  eachElement(out, (position, i) => {
    out.data[position] = losses[i] ?? 0;
  });
}
