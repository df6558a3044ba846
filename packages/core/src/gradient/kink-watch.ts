// Notices when moving an element by ±h carries a pre-activation across 0, where Relu bends.
import type { Tensor } from "@gradloom/kernels";
import { eachElement } from "../tensors/elements.ts";

export class KinkWatch {
  readonly #preActivations: (() => readonly Tensor[]) | undefined;
  readonly #base: readonly boolean[];
  /** Whether any sign has changed since `start`. */
  crossed = false;

  /** Reads the signs at the present values, as the side of the kink that each pre-activation lies on. */
  constructor(preActivations: (() => readonly Tensor[]) | undefined) {
    this.#preActivations = preActivations;
    this.#base = preActivations ? sides(preActivations()) : [];
  }

  start(): void {
    this.crossed = false;
  }

  /** To be called with the loss at a moved element; hands the loss on. */
  after(loss: number): number {
    if (this.#preActivations && !this.crossed) {
      this.crossed = sides(this.#preActivations()).some((side, i) => side !== this.#base[i]);
    }
    return loss;
  }
}

/** True where a value is above 0: the side on which Relu lets it through. */
function sides(tensors: readonly Tensor[]): boolean[] {
  return tensors.flatMap((tensor) => {
    const above: boolean[] = [];
    eachElement(tensor, (position) => above.push((tensor.data[position] ?? 0) > 0));
    return above;
  });
}
