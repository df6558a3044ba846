// checkNet: tests a whole net's backpropagation on a few samples.
import type { Dtype, Tensor } from "@gradloom/kernels";
import type { Layer } from "../layers/layer.ts";
import type { Labels } from "../losses/labels.ts";
import { asDtype } from "../tensors/copies.ts";
import { type GradientCheckOptions, gradientCheck } from "./gradient-check.ts";
import type { GradientReport } from "./report.ts";

/** What a net needs to be checked; TwoLayerNet has it all. */
export interface CheckableNet {
  readonly params: Readonly<Record<string, Tensor>>;
  readonly layers: readonly Layer[];
  /** The mean loss of the samples. */
  loss(x: Tensor, t: Labels): number;
  /** Its gradient for each of `params`, by backpropagation. */
  gradient(x: Tensor, t: Labels): Readonly<Record<string, Tensor>>;
  /** A copy in another dtype, wanted for a net that is not float64 already. */
  astype(dtype: Dtype): CheckableNet;
}

/**
 * Compares `net.gradient(x, t)` with central differences of `net.loss(x, t)`, parameter by parameter.
 * A float32 net is checked on a float64 copy: in float32 the differences would mean nothing. A float64 net is checked
 * itself: its parameters are moved by ±h and put back exactly. See `gradientCheck` for the report.
 * For speed give few samples (three are enough), or a `sample` of the elements.
 */
export function checkNet(
  net: CheckableNet,
  x: Tensor,
  t: Labels,
  options: GradientCheckOptions = {},
): GradientReport {
  const isExact = Object.values(net.params).every(({ dtype }) => dtype === "float64");
  const exact = isExact ? net : net.astype("float64");
  const input = asDtype(x, "float64");
  return gradientCheck(
    {
      loss: () => exact.loss(input, t),
      params: exact.params,
      grads: exact.gradient(input, t),
      masks: () => exact.layers.flatMap(({ mask }) => mask ?? []),
    },
    options,
  );
}
