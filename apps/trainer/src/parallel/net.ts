// The net that a run trains, over a vector of parameters that somebody else owns.
import { MultiLayerNet, type MultiLayerNetOptions } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import type { RunPlan } from "./run-plan.ts";

/** The net's own kernels are core's default ones. */
export function netOver(
  parameters: Tensor,
  { sizes, activation, dtype }: RunPlan["net"],
  options: Pick<MultiLayerNetOptions, "kernels" | "sparseInput" | "byteScale"> = {},
): MultiLayerNet {
  const [inputSize = 0, ...rest] = sizes;
  return new MultiLayerNet({
    inputSize,
    hiddenSizes: rest.slice(0, -1),
    outputSize: rest.at(-1) ?? 0,
    activation,
    dtype,
    parameters,
    ...options,
  });
}
