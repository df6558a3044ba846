// Remembers the last transposed view, so that a training loop over the same arrays makes it once.
import { isBytes, ndarray } from "@gradloom/kernels";
import type { NdArray } from "ndarray";
import type { Input } from "./input.ts";

export class TransposedColumns {
  #x: Input | undefined;
  #from = -1;
  #to = -1;
  #view: Input | undefined;

  /** Columns from ≤ j < to of a matrix x (N, D), transposed: (to − from, N), a view on x's memory. */
  of(x: Input, from: number, to: number): Input {
    if (x === this.#x && from === this.#from && to === this.#to && this.#view !== undefined) {
      // x may have been moved along its memory meanwhile, by its offset.
      this.#view.offset = x.offset + from * (x.stride[1] ?? 0);
      return this.#view;
    }
    this.#view = isBytes(x) ? transposed(x, from, to) : transposed(x, from, to);
    this.#x = x;
    this.#from = from;
    this.#to = to;
    return this.#view;
  }
}

function transposed<A extends Input["data"]>(x: NdArray<A>, from: number, to: number): NdArray<A> {
  const [n = 0] = x.shape;
  const [rowStride = 0, columnStride = 0] = x.stride;
  return ndarray(x.data, [to - from, n], [columnStride, rowStride], x.offset + from * columnStride);
}
