// Initial values: W ~ std·N(0, 1), b = 0 (Deep Learning from Scratch, sections 4.5.1 and 5.7.2), from a seed.
import type { Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import { random } from "../random/random.ts";
import { eachElement } from "../tensors/elements.ts";
import { type ParameterLayout, windows } from "./layout.ts";

export interface InitialValuesOptions {
  /** Any whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Standard deviation of the weights. Default 0.01. */
  readonly weightInitStd?: number;
}

/**
 * Fills the vector: parameters with two or more axes are weights and get std·N(0, 1), the others are biases and
 * get 0. A value depends only on the seed, the parameter's name and the element's number, never on what else is in
 * the net; it is computed in float64 and rounded to the vector's dtype. Returns the vector.
 * @throws ValueError for an impossible seed or standard deviation.
 */
export function initialValues(
  layout: ParameterLayout,
  vector: Tensor,
  options: InitialValuesOptions,
): Tensor {
  const { seed, weightInitStd = 0.01 } = options;
  if (!(weightInitStd >= 0 && weightInitStd < Infinity)) {
    throw new ValueError(
      `weightInitStd is ${weightInitStd}; a finite number of 0 or more is needed, such as 0.01`,
    );
  }
  for (const [name, parameter] of Object.entries(windows(layout, vector))) {
    const isWeight = parameter.dimension >= 2;
    const source = random({ seed, stream: `init/${name}` });
    eachElement(parameter, (position, i) => {
      vector.data[position] = isWeight ? weightInitStd * source.normal(i) : 0;
    });
  }
  return vector;
}
