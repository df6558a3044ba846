// What a gradient check finds, as plain data.

/** One parameter: backpropagation against central differences. */
export interface ParameterReport {
  /** How many elements were compared; those at a kink are not among them. */
  readonly count: number;
  readonly maxAbsoluteDifference: number;
  readonly meanAbsoluteDifference: number;
  /** The largest difference relative to the largest entry of this parameter's gradient; 0 if there is no difference. */
  readonly relativeError: number;
  /** Index of the element with the largest difference; empty where nothing was compared. */
  readonly worst: readonly number[];
  /** Indices of elements whose ±h carries some value across a bend: there the difference quotient is no slope. */
  readonly kinks: readonly (readonly number[])[];
}

/** The whole check: each parameter by its name, and the worst of them. */
export interface GradientReport {
  readonly parameters: Readonly<Record<string, ParameterReport>>;
  /** The largest relative error of all parameters. A right gradient stays below 1e-7. */
  readonly relativeError: number;
  /** How many elements were left out because of a kink. */
  readonly kinks: number;
}
