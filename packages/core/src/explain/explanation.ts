// What explain returns: one pass through a net as plain data, which survives JSON.
import type { Nested } from "@gradloom/kernels";

/** An array as nested lists, and its shape: for a list of no elements the lists alone do not tell it. */
export interface ArrayValues {
  readonly shape: readonly number[];
  /** A number for a 0-d array, else lists as deep as the shape is long. */
  readonly values: Nested;
}

/** One layer on the way forth and back. */
export interface LayerExplanation {
  /** Its name in the net, such as "Affine1". */
  readonly name: string;
  /** What it is, such as "Affine". */
  readonly kind: string;
  /** The formula of forward, such as "y = x·W + b". */
  readonly forward: string;
  /** The formulas of backward, such as "dx = dout·Wᵀ". */
  readonly backward: readonly string[];
  /** x, what forward was given. */
  readonly input: ArrayValues;
  /** What forward kept for backward, by name. */
  readonly kept: Readonly<Record<string, ArrayValues>>;
  /** What the layer learns: W and b of Affine. */
  readonly parameters: Readonly<Record<string, ArrayValues>>;
  /** y, what forward returned: the next layer's input. */
  readonly output: ArrayValues;
  /** The loss's gradient for the output, which the next layer handed back. */
  readonly dout: ArrayValues;
  /** The loss's gradient for the input: the dout of the layer before. */
  readonly dx: ArrayValues;
  /** The loss's gradients for the parameters: dW and db of Affine. */
  readonly gradients: Readonly<Record<string, ArrayValues>>;
}

/** The end of the net: scores and labels in, one number out. */
export interface LossExplanation {
  readonly name: "SoftmaxWithLoss";
  readonly forward: readonly string[];
  readonly backward: readonly string[];
  /** The scores. */
  readonly input: ArrayValues;
  /** The labels: class numbers, or a distribution. */
  readonly t: ArrayValues;
  /** softmax of the scores. */
  readonly y: ArrayValues;
  /** The loss of each sample. */
  readonly losses: ArrayValues;
  /** Their mean. */
  readonly loss: number;
  /** Where backward begins: the loss grows with itself one to one. */
  readonly dout: 1;
  /** The loss's gradient for the scores: the dout of the last layer. */
  readonly dx: ArrayValues;
}

/** One pass forth and back. */
export interface NetExplanation {
  /** In the order of forward. */
  readonly layers: readonly LayerExplanation[];
  readonly loss: LossExplanation;
}
