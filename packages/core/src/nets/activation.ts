// The activation between two Affine layers, chosen by name.
import { ValueError } from "../errors.ts";
import type { KernelsOption } from "../kernels-option.ts";
import { Relu } from "../layers/relu.ts";
import { Sigmoid } from "../layers/sigmoid.ts";

export type Activation = "relu" | "sigmoid";

/** @throws ValueError for an unknown name. */
export function activationLayer(name: Activation, options: KernelsOption): Relu | Sigmoid {
  if (name === "relu") return new Relu(options);
  if (name === "sigmoid") return new Sigmoid(options);
  throw new ValueError(`activation is "${String(name)}"; "relu" or "sigmoid" is needed`);
}
