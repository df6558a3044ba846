// Remembers the last transposed view, so that a training loop over the same arrays makes it once.
import type { Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";

export class TransposedColumns {
  #x: Tensor | undefined;
  #offset = -1;
  #from = -1;
  #to = -1;
  #view: Tensor | undefined;

  /** Columns from ≤ j < to of a matrix x (N, D), transposed: (to − from, N), a view on x's memory. */
  of(x: Tensor, from: number, to: number): Tensor {
    // A view may be moved along its memory by setting its offset, so the object alone does not identify it.
    const same = x === this.#x && x.offset === this.#offset && from === this.#from && to === this.#to;
    if (same && this.#view !== undefined) return this.#view;
    const [n = 0] = x.shape;
    const [rowStride = 0, columnStride = 0] = x.stride;
    this.#view = ndarray(x.data, [to - from, n], [columnStride, rowStride], x.offset + from * columnStride);
    this.#x = x;
    this.#offset = x.offset;
    this.#from = from;
    this.#to = to;
    return this.#view;
  }
}
