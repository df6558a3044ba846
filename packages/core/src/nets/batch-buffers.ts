// Buffers for the passes of one net over a batch, kept from call to call in the memory the kernels work in.
import type { Dtype, Kernels, Tensor } from "@gradloom/kernels";
import { rowRange } from "../tensors/rows.ts";
import { workingZeros } from "../tensors/working-memory.ts";

export interface PassBuffers {
  /** Each layer's output (N, width). An activation works in place: its array is that of the Affine before it. */
  readonly out: readonly Tensor[];
  /** The loss's gradient for each layer's output (N, width), in the same way. */
  readonly dout: readonly Tensor[];
  /** softmax of the last output (N, classes). */
  readonly y: Tensor;
  /** Each sample's loss (N,). */
  readonly losses: Tensor;
}

export class BatchBuffers {
  readonly #kernels: () => Kernels;
  readonly #widths: readonly number[];
  readonly #dtype: Dtype;
  #capacity = 0;
  #rows = -1;
  #whole: PassBuffers | undefined;
  #current: PassBuffers | undefined;

  /** @param widths of each Affine's output; all but the last have an activation behind them */
  constructor(kernels: () => Kernels, widths: readonly number[], dtype: Dtype) {
    this.#kernels = kernels;
    this.#widths = widths;
    this.#dtype = dtype;
  }

  /** Buffers of exactly this many rows: the same ones as last time for the same number, else cut from larger ones. */
  forRows(rows: number): PassBuffers {
    if (rows === this.#rows && this.#current) return this.#current;
    if (rows > this.#capacity || !this.#whole) {
      // At least doubling keeps the total ever taken within twice the largest batch.
      this.#capacity = Math.max(rows, 2 * this.#capacity);
      this.#whole = this.#allocate(this.#capacity);
    }
    this.#current = cut(this.#whole, rows);
    this.#rows = rows;
    return this.#current;
  }

  #allocate(rows: number): PassBuffers {
    const zeros = (...shape: number[]): Tensor => workingZeros(this.#kernels(), shape, this.#dtype);
    const matrices = (): Tensor[] =>
      this.#widths.flatMap((width, i) => {
        const matrix = zeros(rows, width);
        return i < this.#widths.length - 1 ? [matrix, matrix] : [matrix];
      });
    return {
      out: matrices(),
      dout: matrices(),
      y: zeros(rows, this.#widths.at(-1) ?? 0),
      losses: zeros(rows),
    };
  }
}

function cut({ out, dout, y, losses }: PassBuffers, rows: number): PassBuffers {
  const first = (whole: Tensor): Tensor => rowRange(whole, 0, rows);
  return { out: out.map(first), dout: dout.map(first), y: first(y), losses: losses.hi(rows) };
}
