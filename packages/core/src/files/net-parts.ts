// What files hold of a net: its Affine layers in order, and the activations between them.
import type { Dtype, Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import { Affine } from "../layers/affine.ts";
import type { Layer } from "../layers/layer.ts";
import { Relu } from "../layers/relu.ts";
import { Sigmoid } from "../layers/sigmoid.ts";
import type { Activation } from "../nets/activation.ts";

/** A net that files can hold: Affine and Relu or Sigmoid in turn, Affine first and last. */
export interface StorableNet {
  readonly layers: readonly Layer[];
  readonly dtype: Dtype;
}

export interface NetParts {
  /** W (D, M) and b (M,) of each Affine, on the net's own memory. */
  readonly affines: readonly { readonly W: Tensor; readonly b: Tensor }[];
  /** One between each two Affines. */
  readonly activations: readonly Activation[];
  readonly dtype: Dtype;
}

/** @throws ValueError for a layer that files have no name for, or in a place of its own. */
export function partsOf({ layers, dtype }: StorableNet): NetParts {
  const affines: Affine[] = [];
  const activations: Activation[] = [];
  for (const [i, layer] of layers.entries()) {
    const activation = layer instanceof Relu ? "relu" : layer instanceof Sigmoid ? "sigmoid" : undefined;
    if (i % 2 === 0 && layer instanceof Affine) affines.push(layer);
    else if (i % 2 === 1 && activation !== undefined) activations.push(activation);
    else {
      throw new ValueError(
        `layers[${i}] is a ${layer.constructor.name}; a file holds ${i % 2 === 0 ? "an Affine" : "a Relu or a Sigmoid"} there`,
      );
    }
  }
  if (affines.length !== activations.length + 1) {
    throw new ValueError(`the net has ${layers.length} layers; a file holds nets that end with an Affine`);
  }
  return { affines, activations, dtype };
}
