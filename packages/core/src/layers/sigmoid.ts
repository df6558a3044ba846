// Sigmoid: squeezes any number into 0 … 1 (Deep Learning from Scratch, section 5.5.2).
import type { Tensor } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { keptBy, type Layer } from "./layer.ts";

/** y = 1 / (1 + exp(−x)). Its slope is y·(1 − y): the result is all that backward needs. Any shape, elementwise. */
export class Sigmoid implements Layer {
  readonly #options: KernelsOption;
  #out: Tensor | undefined;

  constructor(options: KernelsOption = {}) {
    this.#options = options;
  }

  forward(x: Tensor, out?: Tensor): Tensor {
    this.#out = kernelsOf(this.#options).sigmoid(x, out);
    return this.#out;
  }

  /** dx = dout · (1 − y) · y. */
  backward(dout: Tensor, dx?: Tensor): Tensor {
    const out = keptBy("forward", this.#out, "Sigmoid.backward");
    return kernelsOf(this.#options).sigmoidBackward(out, dout, dx);
  }

  /** The result of the latest forward. */
  get out(): Tensor {
    return keptBy("forward", this.#out, "Sigmoid.out");
  }
}
