// A net of given widths with every parameter 0, for a file to fill.
import type { Dtype } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import type { Activation } from "../nets/activation.ts";
import { MultiLayerNet } from "../nets/multi-layer-net.ts";
import { parameterShapes } from "../nets/net-parameters.ts";
import { TwoLayerNet } from "../nets/two-layer-net.ts";
import { layout } from "../parameters/layout.ts";
import { workingZeros } from "../tensors/working-memory.ts";

export interface EmptyNetOptions extends KernelsOption {
  readonly eps?: number;
}

/** widths: the input's, each hidden layer's, the output's. One hidden layer gives a TwoLayerNet. */
export function emptyNet(
  widths: readonly number[],
  activations: readonly Activation[],
  dtype: Dtype,
  { kernels, eps = 0 }: EmptyNetOptions,
): MultiLayerNet {
  const withKernels = kernels === undefined ? {} : { kernels };
  const { length } = layout(parameterShapes(widths));
  const parameters = workingZeros(kernelsOf(withKernels), [length], dtype);
  const options = { ...withKernels, parameters, eps };
  const [inputSize = 0, outputSize = 0] = [widths[0], widths.at(-1)];
  const hiddenSizes = widths.slice(1, -1);
  const [hiddenSize, ...more] = hiddenSizes;
  const [activation] = activations;
  if (hiddenSize === undefined || activation === undefined || more.length > 0) {
    return new MultiLayerNet({ ...options, inputSize, hiddenSizes, outputSize, activation: activations });
  }
  return new TwoLayerNet(inputSize, hiddenSize, outputSize, { ...options, activation });
}
