// checkNet: tests a whole net's backpropagation on a few samples.
import type { Dtype, Tensor } from "@gradloom/kernels";
import type { Layer } from "../layers/layer.ts";
import type { Labels } from "../losses/labels.ts";
import { asDtype } from "../tensors/copies.ts";
import { rowsOf } from "../tensors/rows.ts";
import { type GradientCheckOptions, gradientCheck } from "./gradient-check.ts";
import type { GradientReport } from "./report.ts";

/** What a net needs to be checked; TwoLayerNet has it all. */
export interface CheckableNet {
  readonly params: Readonly<Record<string, Tensor>>;
  readonly layers: readonly Layer[];
  loss(x: Tensor, t: Labels): number;
  gradient(x: Tensor, t: Labels): Readonly<Record<string, Tensor>>;
  /** A copy in another dtype. A net that is float64 already is checked itself. */
  astype(dtype: Dtype): CheckableNet;
}

/**
 * Compares `net.gradient(x, t)` with central differences of `net.loss(x, t)`, parameter by parameter, on a float64
 * copy of the net: in float32 the differences would mean nothing. See `gradientCheck` for the report.
 * For speed give few samples (three are enough), or a `sample` of the elements.
 */
export function checkNet(
  net: CheckableNet,
  x: Tensor,
  t: Labels,
  options: GradientCheckOptions = {},
): GradientReport {
  const exact = net.astype("float64");
  const input = asDtype(x, "float64");
  return gradientCheck(
    {
      loss: () => exact.loss(input, t),
      params: exact.params,
      grads: exact.gradient(input, t),
      preActivations: () => kinkInputs(exact.layers, rowsOf(input, "x")),
    },
    options,
  );
}

/** What flows into each layer that bends at 0; layers after the last such one need not run. */
function kinkInputs(layers: readonly Layer[], x: Tensor): Tensor[] {
  const last = layers.findLastIndex((layer) => layer.kinkAtZero);
  const inputs: Tensor[] = [];
  let input = x;
  for (const layer of layers.slice(0, last + 1)) {
    if (layer.kinkAtZero) inputs.push(input);
    input = layer.forward(input);
  }
  return inputs;
}
