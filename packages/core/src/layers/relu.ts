// Relu: lets positive values through and stops the rest (Deep Learning from Scratch, section 5.5.1).
import { type IntegerTensor, ndarray, type Tensor } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { eachElement } from "../tensors/elements.ts";
import { keptBy, type Layer } from "./layer.ts";

/**
 * y = x where x > 0, else 0. Its slope is 1 where x > 0, else 0 — also at exactly 0.
 * Any shape, elementwise.
 */
export class Relu implements Layer {
  readonly #options: KernelsOption;
  #out: Tensor | undefined;

  constructor(options: KernelsOption = {}) {
    this.#options = options;
  }

  /** Keeps its result: y > 0 exactly where x > 0, so backward needs nothing else. */
  forward(x: Tensor, out?: Tensor): Tensor {
    return this.keep(kernelsOf(this.#options).relu(x, out));
  }

  /** Takes a result that was computed elsewhere for that of a forward, and returns it. */
  keep(out: Tensor): Tensor {
    this.#out = out;
    return out;
  }

  /** dx = dout where y > 0, else 0. */
  backward(dout: Tensor, dx?: Tensor): Tensor {
    const out = keptBy("forward", this.#out, "Relu.backward");
    return kernelsOf(this.#options).reluBackward(out, dout, dx);
  }

  /** The result of the latest forward. */
  get out(): Tensor {
    return keptBy("forward", this.#out, "Relu.out");
  }

  /** The book's mask: 1 where x ≤ 0 (switch off), 0 where x > 0 (switch on); a new array in x's shape. */
  get mask(): IntegerTensor<Uint8Array> {
    const { data, shape, size } = this.out;
    const mask = new Uint8Array(size);
    eachElement(this.out, (position, i) => {
      mask[i] = (data[position] ?? 0) <= 0 ? 1 : 0;
    });
    return ndarray(mask, [...shape]);
  }
}
