// TwoLayerNet: Affine, Relu (or Sigmoid), Affine, SoftmaxWithLoss (Deep Learning from Scratch, section 5.7.2).
import type { Dtype, Kernels, Tensor } from "@gradloom/kernels";
import { numericalGradient } from "../gradient/numerical-gradient.ts";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { Affine } from "../layers/affine.ts";
import type { Relu } from "../layers/relu.ts";
import type { Sigmoid } from "../layers/sigmoid.ts";
import { SoftmaxWithLoss } from "../layers/softmax-with-loss.ts";
import { fractionRight } from "../losses/fraction-right.ts";
import type { Labels } from "../losses/labels.ts";
import { layout, type ParameterLayout, windows } from "../parameters/layout.ts";
import { asDtype, copyOf, dtypeOf, zerosOf } from "../tensors/copies.ts";
import { requireFinite } from "../tensors/finite.ts";
import { rowsOf } from "../tensors/rows.ts";
import { type Activation, activationLayer } from "./activation.ts";
import { BatchBuffers } from "./batch-buffers.ts";
import { netParameters, type ParameterOptions, requireSizes } from "./net-parameters.ts";
import { backwardToFirst, forward, parameterGradients } from "./propagate.ts";
import { requireInput } from "./require-input.ts";

/** W1 (D, H), b1 (H,), W2 (H, C), b2 (C,). */
export type ParameterName = "W1" | "b1" | "W2" | "b2";

export interface TwoLayerNetOptions extends KernelsOption, ParameterOptions {
  /** Default "relu". */
  readonly activation?: Activation;
  /** The book's 1e-7 inside the log of the loss. Default 0: exact. */
  readonly eps?: number;
}

/** The layers in the order of forward; each also by its name. */
export type TwoLayers = readonly (Affine | Relu | Sigmoid)[] & {
  readonly Affine1: Affine;
  readonly Relu1?: Relu;
  readonly Sigmoid1?: Sigmoid;
  readonly Affine2: Affine;
};

/**
 * x (N, D) → Affine1 → (N, H) → Relu1 → (N, H) → Affine2 → scores (N, C) → SoftmaxWithLoss.
 * x is a batch (N, D), one sample (D,), or a batch with more axes (N, …), in the net's dtype; t as in `Labels`.
 * All parameters lie in one vector; `params` and the layers are windows on it, so an update in place is seen by all.
 */
export class TwoLayerNet {
  readonly layout: ParameterLayout<ParameterName>;
  /** The flat vector of all parameters. */
  readonly parameters: Tensor;
  /** Windows on `parameters`, by name. */
  readonly params: Readonly<Record<ParameterName, Tensor>>;
  readonly layers: TwoLayers;
  readonly lastLayer: SoftmaxWithLoss;
  readonly dtype: Dtype;
  readonly #options: TwoLayerNetOptions;
  readonly #buffers: BatchBuffers;

  /** @throws ShapeError, DtypeError or ValueError for sizes, parameters, a seed or an activation that cannot be. */
  constructor(inputSize: number, hiddenSize: number, outputSize: number, options: TwoLayerNetOptions = {}) {
    requireSizes({ inputSize, hiddenSize, outputSize });
    const kernels = (): Kernels => kernelsOf(options);
    this.#options = options;
    this.layout = layout({
      W1: [inputSize, hiddenSize],
      b1: [hiddenSize],
      W2: [hiddenSize, outputSize],
      b2: [outputSize],
    });
    this.parameters = netParameters(this.layout, options, kernels);
    this.params = windows(this.layout, this.parameters);
    this.dtype = dtypeOf(this.parameters, "parameters");
    this.layers = layersOf(this.params, options);
    this.lastLayer = new SoftmaxWithLoss(options);
    this.#buffers = new BatchBuffers(kernels, [hiddenSize, hiddenSize, outputSize], this.dtype);
  }

  /** Scores (logits), not probabilities: (N, C), or (C,) for one sample; a new array. Take `softmax` of it for shares. */
  predict(x: Tensor): Tensor {
    this.#requireInput(x);
    const scores = forward(this.layers, x);
    // NaN anywhere in x spreads to its scores, so x itself is searched only after one was seen.
    if (!scores.data.every(Number.isFinite)) requireFinite(x, "x");
    return scores;
  }

  /** The mean loss of the samples. @throws for an x or t that does not fit, see `predict` and `Labels`. */
  loss(x: Tensor, t: Labels): number {
    return this.lastLayer.forward(this.predict(x), t);
  }

  /** The share of samples, 0 … 1, whose largest score is at the label's largest entry; ties go to the first index. */
  accuracy(x: Tensor, t: Labels): number {
    return fractionRight(this.predict(x), t);
  }

  /**
   * The gradient of the mean loss for every parameter, by backpropagation.
   * The result is new arrays; or, with `gradients`, windows on that vector (of `layout.length`), for a training loop
   * that allocates nothing: `net.gradient(x, t, gradients); sgd.step(net.parameters, gradients)`.
   */
  gradient(x: Tensor, t: Labels, gradients?: Tensor): Record<ParameterName, Tensor> {
    this.#requireInput(x);
    const rows = rowsOf(x, "x"); // (N, D)
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
  numericalGradient(x: Tensor, t: Labels, h = 1e-4): Record<ParameterName, Tensor> {
    this.#requireInput(x);
    const net = this.dtype === "float64" ? this : this.astype("float64");
    const exactX = asDtype(x, "float64");
    const gradientOf = (parameter: Tensor): Tensor =>
      numericalGradient(() => net.loss(exactX, t), parameter, h);
    const { W1, b1, W2, b2 } = net.params;
    return { W1: gradientOf(W1), b1: gradientOf(b1), W2: gradientOf(W2), b2: gradientOf(b2) };
  }

  /** A net of its own with the same values in another dtype. */
  astype(dtype: Dtype): TwoLayerNet {
    const { W1, W2 } = this.params;
    const parameters = copyOf(this.parameters, dtype);
    return new TwoLayerNet(W1.shape[0] ?? 0, W1.shape[1] ?? 0, W2.shape[1] ?? 0, {
      ...this.#options,
      dtype,
      parameters,
    });
  }

  #requireInput(x: Tensor): void {
    const { W1 } = this.params;
    requireInput(x, W1.shape[0] ?? 0, this.dtype, W1.shape);
  }
}

function layersOf(params: Readonly<Record<ParameterName, Tensor>>, options: TwoLayerNetOptions): TwoLayers {
  const Affine1 = new Affine(params.W1, params.b1, options);
  const kind = options.activation ?? "relu";
  const activation = activationLayer(kind, options);
  const Affine2 = new Affine(params.W2, params.b2, options);
  // Spelt out: a minifier may rename the classes, and these names are part of the API.
  const named = kind === "relu" ? { Relu1: activation as Relu } : { Sigmoid1: activation as Sigmoid };
  return Object.assign([Affine1, activation, Affine2], { Affine1, ...named, Affine2 });
}
