// The layers of a net: Affine1, Relu1 (or Sigmoid1), Affine2, …, in the order of forward and each by its name.
import type { Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import type { KernelsOption } from "../kernels-option.ts";
import { Affine } from "../layers/affine.ts";
import { Relu } from "../layers/relu.ts";
import { Sigmoid } from "../layers/sigmoid.ts";
import type { Activation } from "./activation.ts";

/** The layers of a net in the order of forward; each also by its name. */
export type NetLayers = readonly (Affine | Relu | Sigmoid)[] & {
  readonly [name: `Affine${number}`]: Affine;
  readonly [name: `Relu${number}`]: Relu | undefined;
  readonly [name: `Sigmoid${number}`]: Sigmoid | undefined;
};

/** What the layers of a net are made with. */
export interface NetLayersOptions extends KernelsOption {
  /** Whether most of the net's input is 0; only the first layer sees it. */
  readonly sparseInput?: boolean;
  /** What a byte of the net's input is worth, if it comes as bytes. */
  readonly byteScale?: number;
}

/** Layers over the windows W1, b1, W2, b2, …: one Affine more than there are activations. */
export function netLayers(
  params: Readonly<Record<string, Tensor>>,
  activations: readonly Activation[],
  { kernels, sparseInput = false, byteScale }: NetLayersOptions,
): NetLayers {
  const options = kernels === undefined ? {} : { kernels };
  const first = { ...options, sparseInput, ...(byteScale !== undefined && { byteScale }) };
  // Names are spelt out: a minifier may rename the classes, and these names are part of the API.
  const layers: (Affine | Relu | Sigmoid)[] = [];
  const affines: Record<`Affine${number}`, Affine> = {};
  const relus: Record<`Relu${number}`, Relu> = {};
  const sigmoids: Record<`Sigmoid${number}`, Sigmoid> = {};
  const add = <L extends Affine | Relu | Sigmoid>(layer: L): L => {
    layers.push(layer);
    return layer;
  };
  for (let k = 1; k <= activations.length + 1; k++) {
    const [W, b] = [params[`W${k}`], params[`b${k}`]];
    if (W === undefined || b === undefined) throw new ValueError(`no parameters W${k} and b${k}`);
    affines[`Affine${k}`] = add(new Affine(W, b, k === 1 ? first : options));
    const activation = activations[k - 1];
    if (activation === "relu") relus[`Relu${k}`] = add(new Relu(options));
    if (activation === "sigmoid") sigmoids[`Sigmoid${k}`] = add(new Sigmoid(options));
  }
  return Object.assign(layers, affines, relus, sigmoids);
}
