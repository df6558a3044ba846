// TwoLayerNet: Affine, Relu (or Sigmoid), Affine, SoftmaxWithLoss (Deep Learning from Scratch, section 5.7.2).
import type { Dtype } from "@gradloom/kernels";
import type { KernelsOption } from "../kernels-option.ts";
import type { Affine } from "../layers/affine.ts";
import type { Relu } from "../layers/relu.ts";
import type { Sigmoid } from "../layers/sigmoid.ts";
import { copyOf } from "../tensors/copies.ts";
import type { Activation } from "./activation.ts";
import { MultiLayerNet } from "./multi-layer-net.ts";
import type { NetLayers } from "./net-layers.ts";
import { type ParameterOptions, requireSizes } from "./net-parameters.ts";

/** W1 (D, H), b1 (H,), W2 (H, C), b2 (C,). */
export type ParameterName = "W1" | "b1" | "W2" | "b2";

/** Options of TwoLayerNet. */
export interface TwoLayerNetOptions extends KernelsOption, ParameterOptions {
  /** The book's name for a `weightInit` that is a number: the standard deviation of the initial weights. */
  readonly weightInitStd?: number;
  /** Default "relu". */
  readonly activation?: Activation;
  /** Most elements of x are 0: Affine1 leaves out their products, see `AffineOptions`. Default false. */
  readonly sparseInput?: boolean;
  /** What a byte is worth: then x may also be a batch (N, D) of unsigned bytes, see `AffineOptions`. */
  readonly byteScale?: number;
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
 * The book's net: a `MultiLayerNet` with one hidden layer, which has all its methods.
 * x (N, D) → Affine1 → (N, H) → Relu1 → (N, H) → Affine2 → scores (N, C) → SoftmaxWithLoss.
 */
export class TwoLayerNet extends MultiLayerNet<ParameterName> {
  declare readonly layers: NetLayers & TwoLayers;
  readonly #options: TwoLayerNetOptions;

  /** @throws ShapeError, DtypeError or ValueError for sizes, parameters, a seed or an activation that cannot be. */
  constructor(inputSize: number, hiddenSize: number, outputSize: number, options: TwoLayerNetOptions = {}) {
    requireSizes({ inputSize, hiddenSize, outputSize });
    const { weightInitStd = 0.01, weightInit = weightInitStd } = options;
    super({ ...options, inputSize, hiddenSizes: [hiddenSize], outputSize, weightInit });
    this.#options = options;
  }

  override astype(dtype: Dtype): TwoLayerNet {
    const { W1, W2 } = this.params;
    const parameters = copyOf(this.parameters, dtype);
    return new TwoLayerNet(W1.shape[0], W1.shape[1], W2.shape[1], { ...this.#options, dtype, parameters });
  }
}
