// The net that a run trains, over a vector of parameters that somebody else owns.
import { MultiLayerNet } from "@gradloom/core";
import type { Kernels, Tensor } from "@gradloom/kernels";
import type { RunPlan } from "./run-plan.ts";

/** @param kernels default: core's own */
export function netOver(
  parameters: Tensor,
  { sizes, activation, dtype }: RunPlan["net"],
  kernels?: Kernels,
): MultiLayerNet {
  const [inputSize = 0, ...rest] = sizes;
  return new MultiLayerNet({
    inputSize,
    hiddenSizes: rest.slice(0, -1),
    outputSize: rest.at(-1) ?? 0,
    activation,
    dtype,
    parameters,
    ...(kernels === undefined ? {} : { kernels }),
  });
}
