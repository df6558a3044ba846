// What all optimizers share: their numbers, and the book's update, which keeps the state by name.
import type { Kernels, Tensor } from "@gradloom/kernels";
import { ShapeError, ValueError } from "../errors.ts";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { dtypeOf } from "../tensors/copies.ts";
import { workingZeros } from "../tensors/working-memory.ts";
import { atLeastZero, positive, wholeFromOne } from "./hyperparameters.ts";
import type { NamedTensors, Optimizer } from "./optimizer.ts";

/** Options that every optimizer has. */
export interface OptimizerOptions extends KernelsOption {
  /** Length of the step, η. */
  readonly learningRate?: number;
  /** λ: adds λ·W to the gradient of W, which is that of ½·λ·Σ W² in the loss (L2). Default 0. */
  readonly weightDecay?: number;
}

interface Kept {
  readonly state: readonly Tensor[];
  iteration: number;
}

/** An optimizer is a name, the names of its state, and `step`. */
export abstract class BaseOptimizer implements Optimizer {
  abstract readonly name: string;
  abstract readonly stateNames: readonly string[];
  readonly learningRate: number;
  /** λ. */
  readonly weightDecay: number;
  readonly #options: OptimizerOptions;
  readonly #kept = new Map<string, Kept>();

  /** @throws ValueError for a learning rate or weight decay that cannot be. */
  protected constructor(options: OptimizerOptions, defaultRate: number) {
    const { learningRate = defaultRate, weightDecay = 0 } = options;
    this.learningRate = positive("learningRate", learningRate, String(defaultRate));
    this.weightDecay = atLeastZero("weightDecay", weightDecay, "1e-4");
    this.#options = options;
  }

  abstract step(
    parameters: Tensor,
    gradients: Tensor,
    state: readonly Tensor[],
    iteration: number,
    learningRate?: number,
  ): void;

  update(params: NamedTensors, grads: NamedTensors, learningRate?: number): void {
    const names = Object.keys(params);
    const missing = names.filter((name) => grads[name] === undefined);
    if (missing.length > 0) {
      throw new ValueError(
        `no gradient for ${missing.join(", ")}; params has ${names}, grads has ${Object.keys(grads)}`,
      );
    }
    for (const name of names) {
      const [parameter, gradient] = [params[name], grads[name]];
      const kept = this.#keptFor(name, parameter);
      this.step(parameter, gradient, kept.state, kept.iteration + 1, learningRate);
      kept.iteration += 1;
    }
  }

  /** The kernels that compute the step. */
  protected get kernels(): Kernels {
    return kernelsOf(this.#options);
  }

  /** The learning rate of one step. @throws ValueError for a rate that cannot be. */
  protected rateOf(learningRate: number | undefined): number {
    return learningRate === undefined
      ? this.learningRate
      : atLeastZero("learningRate", learningRate, String(this.learningRate));
  }

  /** @throws ShapeError or ValueError unless there is a tensor for each name of the state, and steps count from 1. */
  protected requireStep(state: readonly Tensor[], iteration: number): void {
    wholeFromOne("iteration", iteration);
    if (state.length === this.stateNames.length) return;
    throw new ShapeError(
      `${this.name} keeps ${this.stateNames.length} tensors from step to step (${this.stateNames.join(", ")}), and ` +
        `${state.length} were given: make them with zeros in the shape of the parameters`,
    );
  }

  #keptFor(name: string, parameter: Tensor): Kept {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const dtype = dtypeOf(parameter, name);
    const state = this.stateNames.map(() => workingZeros(this.kernels, parameter.shape, dtype));
    const kept = { state, iteration: 0 };
    this.#kept.set(name, kept);
    return kept;
  }
}
