// SGD: walks a small step down the gradient (Deep Learning from Scratch, section 6.1.2).
import type { Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";

export interface SGDOptions extends KernelsOption {
  /** Length of the step, η. Default 0.01. */
  readonly learningRate?: number;
}

/** Stochastic gradient descent: W ← W − η · ∂L/∂W, in place, so that every layer over the same memory sees it. */
export class SGD {
  readonly learningRate: number;
  readonly #options: KernelsOption;

  /** @throws ValueError unless the learning rate is a finite number > 0. */
  constructor(options: SGDOptions = {}) {
    const { learningRate = 0.01 } = options;
    if (!(learningRate > 0 && learningRate < Infinity)) {
      throw new ValueError(`learningRate is ${learningRate}; a finite number above 0 is needed, such as 0.1`);
    }
    this.learningRate = learningRate;
    this.#options = options;
  }

  /** One step for each named parameter, as in the book: `sgd.update(net.params, net.gradient(x, t))`. */
  update(params: Readonly<Record<string, Tensor>>, grads: Readonly<Record<string, Tensor>>): void {
    const names = Object.keys(params);
    const missing = names.filter((name) => grads[name] === undefined);
    if (missing.length > 0) {
      throw new ValueError(
        `no gradient for ${missing.join(", ")}; params has ${names}, grads has ${Object.keys(grads)}`,
      );
    }
    for (const [name, gradient] of Object.entries(grads)) {
      const parameter = params[name];
      if (parameter !== undefined) this.step(parameter, gradient);
    }
  }

  /** One step for a flat vector of parameters, or for any slice of it and the same slice of the gradients. */
  step(parameters: Tensor, gradients: Tensor): void {
    kernelsOf(this.#options).axpy(-this.learningRate, gradients, parameters);
  }
}
