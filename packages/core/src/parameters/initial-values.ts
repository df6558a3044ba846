// Initial values: W ~ std·N(0, 1), b = 0 (Deep Learning from Scratch, sections 4.5.1, 5.7.2 and 6.2), from a seed.
import type { Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import { random } from "../random/random.ts";
import { eachElement } from "../tensors/elements.ts";
import { type ParameterLayout, windows } from "./layout.ts";

/**
 * The standard deviation of the weights W (D, M) of a layer with D inputs:
 * - a number, the same for every layer;
 * - `"he"`: √(2/D). Keeps the spread of values from layer to layer under relu, which drops half of them.
 *   Source: He et al. 2015, equation 10; the book's section 6.2.3. PyTorch's `kaiming_normal_`.
 * - `"xavier"`: √(1/D). The same for sigmoid, which is nearly straight around 0. Source: the book's section 6.2.2,
 *   after Glorot and Bengio 2010, who also weigh in the M outputs, √(2/(D + M)), as PyTorch's `xavier_normal_` does.
 */
export type WeightInit = number | "he" | "xavier";

/** Options of initialValues. */
export interface InitialValuesOptions {
  /** Any whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Standard deviation of the weights, or the rule it follows. Default `weightInitStd`. */
  readonly weightInit?: WeightInit;
  /** The book's name for a `weightInit` that is a number. Default 0.01. */
  readonly weightInitStd?: number;
}

/**
 * Fills the vector: parameters with two or more axes are weights and get std·N(0, 1), the others are biases and
 * get 0. A value depends only on the seed, the parameter's name, the element's number and std, never on what else is
 * in the net; it is computed in float64 and rounded to the vector's dtype. Returns the vector.
 * @throws ValueError for an impossible seed or standard deviation, or an unknown rule.
 */
export function initialValues(
  layout: ParameterLayout,
  vector: Tensor,
  options: InitialValuesOptions,
): Tensor {
  const { seed, weightInitStd = 0.01, weightInit = weightInitStd } = options;
  requireWeightInit(weightInit, options.weightInit === undefined ? "weightInitStd" : "weightInit");
  for (const [name, parameter] of Object.entries(windows(layout, vector))) {
    const isWeight = parameter.dimension >= 2;
    const std = isWeight ? standardDeviation(weightInit, parameter.shape[0] ?? 0) : 0;
    const source = random({ seed, stream: `init/${name}` });
    eachElement(parameter, (position, i) => {
      vector.data[position] = isWeight ? std * source.normal(i) : 0;
    });
  }
  return vector;
}

function standardDeviation(weightInit: WeightInit, inputs: number): number {
  if (weightInit === "he") return Math.sqrt(2 / inputs);
  if (weightInit === "xavier") return Math.sqrt(1 / inputs);
  return weightInit;
}

function requireWeightInit(weightInit: WeightInit, name: string): void {
  if (weightInit === "he" || weightInit === "xavier") return;
  if (typeof weightInit === "number" && weightInit >= 0 && weightInit < Infinity) return;
  const given = typeof weightInit === "string" ? `"${weightInit}"` : weightInit;
  throw new ValueError(
    `${name} is ${given}; a finite number of 0 or more is needed, such as 0.01` +
      (name === "weightInit" ? ', or "he" or "xavier"' : ""),
  );
}
