// MultiLayerNet: Affine and activation, again and again, then Affine and SoftmaxWithLoss: the book's net at any depth.
import type { Dtype, Kernels, Tensor } from "@gradloom/kernels";
import { numericalGradient } from "../gradient/numerical-gradient.ts";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { SoftmaxWithLoss } from "../layers/softmax-with-loss.ts";
import { fractionRight } from "../losses/fraction-right.ts";
import type { Labels } from "../losses/labels.ts";
import type { Weights } from "../losses/weighted-labels.ts";
import { layout, type ParameterLayout, windows } from "../parameters/layout.ts";
import { asDtype, copyOf, dtypeOf, zerosOf } from "../tensors/copies.ts";
import { requireFinite } from "../tensors/finite.ts";
import { type Input, inputRows } from "../tensors/input.ts";
import { type Activation, activationsFor } from "./activation.ts";
import { BatchBuffers } from "./batch-buffers.ts";
import { type NetLayers, netLayers } from "./net-layers.ts";
import { netParameters, type ParameterOptions, parameterShapes, requireSizes } from "./net-parameters.ts";
import { backwardToFirst, forward, parameterGradients } from "./propagate.ts";
import { requireInput } from "./require-input.ts";

/** The sizes of a MultiLayerNet, and its options. */
export interface MultiLayerNetOptions extends KernelsOption, ParameterOptions {
  /** D, the values of one sample. */
  readonly inputSize: number;
  /** The width of each hidden layer, from the input on. May be empty: then the net is one Affine layer. */
  readonly hiddenSizes: readonly number[];
  /** C, the number of classes. */
  readonly outputSize: number;
  /** After every hidden Affine layer, or one name for each of them. Default "relu". */
  readonly activation?: Activation | readonly Activation[];
  /** Most elements of x are 0: the first Affine leaves out their products, see `AffineOptions`. Default false. */
  readonly sparseInput?: boolean;
  /** What a byte is worth: then x may also be a batch (N, D) of unsigned bytes, see `AffineOptions`. */
  readonly byteScale?: number;
  /** The book's 1e-7 inside the log of the loss. Default 0: exact. */
  readonly eps?: number;
  /** (C,): how much each class counts in the loss, see `SoftmaxWithLoss`. Default: all alike. */
  readonly classWeights?: Weights;
}

/**
 * x (N, D) → Affine1 → (N, H₁) → Relu1 → (N, H₁) → Affine2 → … → scores (N, C) → SoftmaxWithLoss.
 * x is a batch (N, D), one sample (D,), or a batch with more axes (N, …), in the net's dtype; t as in `Labels`.
 * All parameters W1, b1, W2, b2, … lie in one vector; `params` and the layers are windows on it, so an update in
 * place is seen by all. Source: sections 5.7.2 and 6.5 of the book.
 */
export class MultiLayerNet<Name extends string = string> {
  readonly layout: ParameterLayout<Name>;
  /** The flat vector of all parameters. */
  readonly parameters: Tensor;
  /** Windows on `parameters`, by name: Wk (inputs, outputs) and bk (outputs,) of the k-th Affine layer, k from 1. */
  readonly params: Readonly<Record<Name, Tensor>>;
  readonly layers: NetLayers;
  readonly lastLayer: SoftmaxWithLoss;
  readonly dtype: Dtype;
  readonly #options: MultiLayerNetOptions;
  readonly #buffers: BatchBuffers;

  /** @throws ShapeError, DtypeError or ValueError for sizes, parameters, a seed or an activation that cannot be. */
  constructor(options: MultiLayerNetOptions) {
    const { inputSize, hiddenSizes, outputSize, activation = "relu" } = options;
    requireSizes({
      inputSize,
      ...Object.fromEntries(hiddenSizes.map((size, i) => [`hiddenSizes[${i}]`, size])),
      outputSize,
    });
    const kernels = (): Kernels => kernelsOf(options);
    const activations = activationsFor(activation, hiddenSizes.length);
    this.#options = options;
    this.layout = layout<Name>(parameterShapes([inputSize, ...hiddenSizes, outputSize]));
    this.parameters = netParameters(this.layout, options, kernels);
    this.params = windows(this.layout, this.parameters);
    this.dtype = dtypeOf(this.parameters, "parameters");
    this.layers = netLayers(this.params, activations, options);
    this.lastLayer = new SoftmaxWithLoss(options);
    this.#buffers = new BatchBuffers(kernels, [...hiddenSizes, outputSize], this.dtype);
  }

  /** Scores (logits), not probabilities: (N, C), or (C,) for one sample; a new array. Take `softmax` of it for shares. */
  predict(x: Input): Tensor {
    this.#requireInput(x);
    const scores = forward(this.layers, x);
    // NaN anywhere in x spreads to its scores, so x itself is searched only after one was seen.
    if (!scores.data.every(Number.isFinite)) requireFinite(x, "x");
    return scores;
  }

  /** The mean loss of the samples. @throws for an x or t that does not fit, see `predict` and `Labels`. */
  loss(x: Input, t: Labels): number {
    return this.lastLayer.forward(this.predict(x), t);
  }

  /** The share of samples, 0 … 1, whose largest score is at the label's largest entry; ties go to the first index. */
  accuracy(x: Input, t: Labels): number {
    return fractionRight(this.predict(x), t);
  }

  /**
   * The gradient of the mean loss for every parameter, by backpropagation.
   * The result is new arrays; or, with `gradients`, windows on that vector (of `layout.length`), for a training loop
   * that allocates nothing: `net.gradient(x, t, gradients); sgd.step(net.parameters, gradients)`.
   */
  gradient(x: Input, t: Labels, gradients?: Tensor): Record<Name, Tensor> {
    this.#requireInput(x);
    const rows = inputRows(x, this.#options.byteScale); // (N, D)
    const { out, dout, y, losses } = this.#buffers.forRows(rows.shape[0] ?? 0);
    const scores = forward(this.layers, rows, out); // (N, C)
    const dscores = dout.at(-1) ?? scores;
    const oneSample = x.dimension === 1;
    const loss = oneSample
      ? this.lastLayer.forward(scores.pick(0, null), t)
      : this.lastLayer.forward(scores, t, { y, losses });
    if (!Number.isFinite(loss)) requireFinite(x, "x");
    this.lastLayer.backward(1, oneSample ? dscores.pick(0, null) : dscores);
    backwardToFirst(this.layers, dout);
    const grads = windows(this.layout, gradients ?? zerosOf([this.layout.length], this.dtype));
    parameterGradients(this.layers, rows, out, dout, grads);
    return grads;
  }

  /**
   * The same gradient by central differences of the loss, always in float64 (a float32 net is copied): slow,
   * and the truth that `gradient` is checked against. Two forward passes for every element of every parameter.
   */
  numericalGradient(x: Tensor, t: Labels, h = 1e-4): Record<Name, Tensor> {
    this.#requireInput(x);
    const net = this.dtype === "float64" ? this : this.astype("float64");
    const exactX = asDtype(x, "float64");
    const grads: Record<string, Tensor> = {};
    for (const [name, parameter] of Object.entries<Tensor>(net.params)) {
      grads[name] = numericalGradient(() => net.loss(exactX, t), parameter, h);
    }
    return grads as Record<Name, Tensor>;
  }

  /** A net of its own with the same values in another dtype. */
  astype(dtype: Dtype): MultiLayerNet<Name> {
    return new MultiLayerNet<Name>({ ...this.#options, dtype, parameters: copyOf(this.parameters, dtype) });
  }

  #requireInput(x: Input): void {
    requireInput(x, this.#options, this.dtype, this.layers.Affine1.W.shape);
  }
}
