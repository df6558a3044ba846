// Notices when moving an element by ±h carries a value across a bend, such as Relu's at 0.
import type { IntegerTensor } from "@gradloom/kernels";
import { eachElement } from "../tensors/elements.ts";

export class KinkWatch {
  readonly #masks: (() => readonly IntegerTensor[]) | undefined;
  readonly #base: readonly number[];
  /** Whether any value has changed sides since `start`. */
  crossed = false;

  /** Runs the loss at the present values, and reads the side of the bend that each value lies on. */
  constructor(loss: () => number, masks: (() => readonly IntegerTensor[]) | undefined) {
    this.#masks = masks;
    if (masks) loss();
    this.#base = masks ? sides(masks()) : [];
  }

  start(): void {
    this.crossed = false;
  }

  /** To be called with the loss at a moved element; hands the loss on. */
  after(loss: number): number {
    if (this.#masks && !this.crossed) {
      this.crossed = sides(this.#masks()).some((side, i) => side !== this.#base[i]);
    }
    return loss;
  }
}

function sides(masks: readonly IntegerTensor[]): number[] {
  const all: number[] = [];
  for (const mask of masks) eachElement(mask, (position) => all.push(mask.data[position] ?? 0));
  return all;
}
