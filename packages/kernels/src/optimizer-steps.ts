// The numbers of one optimizer step, for the fused updates of kernels.ts.
//
// Every step first takes d = g + weightDecay·p: the gradient of the loss plus ½·weightDecay·Σ p². Numbers are given in
// float64 and rounded to the operands' dtype once; every operation below is then rounded to that dtype, in the order
// written, and nothing is fused. Each element is computed from its own place alone: any cut of the vectors gives the
// same bits.

/** The numbers of one step of gradient descent with momentum. */
export interface MomentumStep {
  readonly learningRate: number;
  /** The share of the old v that stays, usually 0.9. */
  readonly momentum: number;
  readonly weightDecay: number;
  /** Looks ahead: p moves along d + momentum·v instead of v. */
  readonly nesterov: boolean;
}

/** The numbers of one step of AdaGrad. */
export interface AdagradStep {
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Keeps the divisor away from 0; above 0 in the operands' dtype. */
  readonly eps: number;
}

/** The numbers of one step of RMSProp. */
export interface RmspropStep extends AdagradStep {
  /** The share of the old h that stays, usually 0.99. */
  readonly decayRate: number;
}

/** The numbers of one step of Adam or AdamW. */
export interface AdamStep {
  /** learningRate / (1 − beta1ᵗ) in step t. */
  readonly stepSize: number;
  /** √(1 − beta2ᵗ) in step t; above 0 in the operands' dtype. */
  readonly rootCorrection: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  /** What p is multiplied by before the step: 1 for Adam, 1 − learningRate·weightDecay for AdamW. */
  readonly keep: number;
  /** Keeps the divisor away from 0; above 0 in the operands' dtype. */
  readonly eps: number;
}
