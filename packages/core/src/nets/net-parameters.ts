// A net's flat parameter vector: the caller's as it is, or a new one with initial values.
import type { Dtype, Kernels, Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError } from "../errors.ts";
import { initialValues, type WeightInit } from "../parameters/initial-values.ts";
import type { ParameterLayout } from "../parameters/layout.ts";
import { dtypeOf } from "../tensors/copies.ts";
import { workingZeros } from "../tensors/working-memory.ts";

/** Where a net's parameters come from: initial values of a seed, or a vector of the caller. */
export interface ParameterOptions {
  /** Standard deviation of the initial weights, or the rule it follows: see `WeightInit`. Default 0.01. */
  readonly weightInit?: WeightInit;
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
  const { parameters, dtype, seed = 0, weightInit = 0.01 } = options;
  if (parameters === undefined) {
    const vector = workingZeros(kernels(), [layout.length], dtype ?? "float32");
    return initialValues(layout, vector, { seed, weightInit });
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

/** W1 (sizes[0], sizes[1]), b1 (sizes[1],), W2 (sizes[1], sizes[2]), …: the parameters of Affine layers in a row. */
export function parameterShapes<Name extends string>(
  sizes: readonly number[],
): Record<Name, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  for (let k = 1; k < sizes.length; k++) {
    shapes[`W${k}`] = [sizes[k - 1], sizes[k]];
    shapes[`b${k}`] = [sizes[k]];
  }
  return shapes as Record<Name, readonly number[]>;
}
