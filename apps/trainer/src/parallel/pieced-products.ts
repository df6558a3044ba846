// Products of a step's rows in pieces, each a call of its own, for kernels whose bits depend on a product's size. All
// else is done over all rows at once: a call costs as much for a few rows as for many, and there are ten in a step.
import { type ByteTensor, isBytes, type Kernels, type Tensor } from "@gradloom/kernels";
import type { Range } from "./shards.ts";

export class PiecedProducts {
  /** The same kernels; a product is computed in the pieces that were last asked for. */
  readonly kernels: Kernels;
  #pieces: readonly Range[] = [];
  /** Pieces of the arrays of a step, which are the same objects in every step: its operands' and results' rows. */
  #views = new WeakMap<Tensor | ByteTensor, readonly (Tensor | ByteTensor)[]>();

  constructor(whole: Kernels) {
    this.kernels = {
      ...whole,
      matmul: (a, b, out, options) => {
        // Zeros of floats are skipped by our own kernels alone, whose bits no cut changes; of bytes a library may have a part.
        const isUncut = options?.sparse === true && !isBytes(a);
        if (this.#pieces.length < 2 || out === undefined || isUncut) return whole.matmul(a, b, out, options);
        const results = this.#cut(out);
        for (const [i, piece] of this.#cut(a).entries()) whole.matmul(piece, b, results[i], options);
        return out;
      },
    };
  }

  /**
   * Does some work with products in pieces.
   * @param pieces stretches of the rows of every product in it, one after the other from row 0 on, for each step the
   *   same object
   */
  inPieces(pieces: readonly Range[], work: () => void): void {
    this.#pieces = pieces;
    try {
      work();
    } finally {
      this.#pieces = [];
    }
  }

  #cut<T extends Tensor | ByteTensor>(matrix: T): readonly T[] {
    const known = this.#views.get(matrix);
    if (known !== undefined) return known as readonly T[];
    const views = this.#pieces.map(({ from, to }) => matrix.lo(from, 0).hi(to - from, -1) as T);
    this.#views.set(matrix, views);
    return views;
  }
}
