// Optimizer: what every way of walking down a gradient can do, on named parameters or on slices of a flat vector.
import type { Tensor } from "@gradloom/kernels";

/** Parameters or gradients by name, as `net.params` and `net.gradient(x, t)` give them. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/**
 * A step is a pure function of (parameters, gradients, state, iteration, learning rate) and works element by element:
 * whoever cuts the flat vectors into slices, and the state with them, gets the same bits as from one step over all,
 * on one thread or on many.
 */
export interface Optimizer {
  /** Such as "adam": for reports and checkpoints. */
  readonly name: string;
  /** What it remembers from step to step, one number per parameter each, such as ["m", "v"]. Starts at zero. */
  readonly stateNames: readonly string[];
  /** η: the learning rate of a step that is not given another. */
  readonly learningRate: number;

  /**
   * One step on a flat vector or on any slice of it, in place on `parameters` and `state`; gradients are not written to.
   * @param parameters what is learnt, any shape.
   * @param gradients in the shape and dtype of `parameters`, in memory of their own.
   * @param state one tensor for each of `stateNames`, in the shape of `parameters`; all zeros before iteration 1.
   * @param iteration counts the steps from 1.
   * @param learningRate for this step, for example from a schedule; 0 or more. Default: the optimizer's own.
   * @throws ShapeError, DtypeError, AliasError or ValueError for operands that do not go together.
   */
  step(
    parameters: Tensor,
    gradients: Tensor,
    state: readonly Tensor[],
    iteration: number,
    learningRate?: number,
  ): void;

  /**
   * The book's form: one step for each named parameter, in place, `optimizer.update(net.params, net.gradient(x, t))`.
   * It keeps the state itself, by name, and counts the iterations.
   * @throws ValueError, and changes nothing, when a parameter has no gradient.
   */
  update(params: NamedTensors, grads: NamedTensors, learningRate?: number): void;
}
