// A net of given widths with every parameter 0, for a file to fill.
import type { Dtype } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import type { Activation } from "../nets/activation.ts";
import { TwoLayerNet } from "../nets/two-layer-net.ts";
import { layout } from "../parameters/layout.ts";
import { workingZeros } from "../tensors/working-memory.ts";

/** What loadModel returns. */
export type StoredNet = TwoLayerNet;

export interface EmptyNetOptions extends KernelsOption {
  readonly eps?: number;
}

/** widths: the input's, each hidden layer's, the output's. */
export function emptyNet(
  widths: readonly number[],
  activations: readonly Activation[],
  dtype: Dtype,
  options: EmptyNetOptions,
): StoredNet {
  const { kernels, eps = 0 } = options;
  const shapes = widths.slice(1).flatMap((width, i): [string, number[]][] => [
    [`W${i + 1}`, [widths[i] ?? 0, width]],
    [`b${i + 1}`, [width]],
  ]);
  const { length } = layout(Object.fromEntries(shapes));
  const parameters = workingZeros(kernelsOf(options), [length], dtype);
  const [D, H, C, ...more] = widths;
  const [activation] = activations;
  if (D === undefined || H === undefined || C === undefined || activation === undefined || more.length > 0) {
    throw new ValueError(`the file's net has widths ${widths.join(", ")}; two Affine layers are needed`);
  }
  return new TwoLayerNet(D, H, C, { parameters, activation, eps, ...(kernels && { kernels }) });
}
