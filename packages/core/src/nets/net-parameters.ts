// A net's flat parameter vector: the caller's as it is, or a new one with initial values.
import type { Dtype, Kernels, Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError } from "../errors.ts";
import { initialValues } from "../parameters/initial-values.ts";
import type { ParameterLayout } from "../parameters/layout.ts";
import { dtypeOf } from "../tensors/copies.ts";
import { workingZeros } from "../tensors/working-memory.ts";

export interface ParameterOptions {
  /** Standard deviation of the initial weights. Default 0.01. */
  readonly weightInitStd?: number;
  /** Where the initial weights come from: any whole number from 0 to 2⁵³ − 1. Default 0. */
  readonly seed?: number;
  /** What the net computes in. Default "float32", or the dtype of `parameters`. */
  readonly dtype?: Dtype;
  /** A vector of the layout's length, for example in shared memory, to be used as it is and not initialised. */
  readonly parameters?: Tensor;
}

/** @throws DtypeError when `parameters` and `dtype` disagree; ShapeError or ValueError from layout and seed. */
export function netParameters(
  layout: ParameterLayout,
  options: ParameterOptions,
  kernels: () => Kernels,
): Tensor {
  const { parameters, dtype, seed = 0, weightInitStd = 0.01 } = options;
  if (parameters === undefined) {
    const vector = workingZeros(kernels(), [layout.length], dtype ?? "float32");
    return initialValues(layout, vector, { seed, weightInitStd });
  }
  const given = dtypeOf(parameters, "parameters");
  if (dtype !== undefined && dtype !== given) {
    throw new DtypeError(
      `parameters is ${given} and the dtype asked for is ${dtype}. Leave dtype out, or convert.`,
    );
  }
  return parameters;
}

/** @throws ShapeError unless every size is a whole number of at least 1. */
export function requireSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isSafeInteger(size) && size >= 1) continue;
    throw new ShapeError(`${name} is ${size}; a whole number of at least 1 is needed`);
  }
}
