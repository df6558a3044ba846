// Affine: the matrix product of a net, x·W + b (Deep Learning from Scratch, section 5.6).
import type { MatmulOptions, Tensor } from "@gradloom/kernels";
import { type KernelsOption, kernelsOf } from "../kernels-option.ts";
import { type Input, inputRows } from "../tensors/input.ts";
import { likeInput, rowsOf, rowsView } from "../tensors/rows.ts";
import { TransposedColumns } from "../tensors/transposed-columns.ts";
import { requireDoutShape, requireInputWidth, requireParameterShapes } from "./affine-shapes.ts";
import { keptBy, type Layer } from "./layer.ts";
import type { Relu } from "./relu.ts";

/** A half-open range of W's rows: from ≤ i < to. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Options of Affine. */
export interface AffineOptions extends KernelsOption {
  /**
   * Most elements of x are 0, such as dark pixels: their products are left out. No bit of a finite result changes, but on
   * `blas`, where WebAssembly then computes x·W and dW, or a part of them, instead of the library.
   */
  readonly sparseInput?: boolean;
  /**
   * What a byte is worth, such as 1/255 for pixels: x may then be a batch (N, D) of unsigned bytes, with the results of
   * the floats byteScale·x. With `sparseInput` only those that are not 0 are ever made. Default: x holds floats.
   */
  readonly byteScale?: number;
}

/**
 * y = x·W + b, with W (D, M) and b (M,) used as they are: an update written into them in place is seen at once.
 * x (N, D) is a batch; (D,) is one sample and gives y (M,); more axes (N, …) are joined to D columns.
 * Shape errors name both shapes. A fully connected, dense or linear layer is the same thing.
 */
export class Affine implements Layer {
  readonly W: Tensor;
  readonly b: Tensor;
  readonly #options: AffineOptions;
  readonly #forward: MatmulOptions;
  readonly #forwardThenRelu: MatmulOptions;
  readonly #weightGradient: { readonly sparse: boolean; readonly byteScale: number };
  readonly #transposedW: Tensor;
  readonly #columns = new TransposedColumns();
  #x: Input | undefined;
  #dW: Tensor | undefined;
  #db: Tensor | undefined;

  constructor(W: Tensor, b: Tensor, options: AffineOptions = {}) {
    requireParameterShapes(W, b);
    this.W = W;
    this.b = b;
    this.#transposedW = W.transpose(1, 0); // a view: (M, D) on the same memory
    this.#options = options;
    const { sparseInput: sparse = false, byteScale = 1 } = options;
    this.#weightGradient = { sparse, byteScale };
    this.#forward = { ...this.#weightGradient, bias: b };
    this.#forwardThenRelu = { ...this.#forward, relu: true };
  }

  /** y = x·W + b: (N, D)·(D, M) + (M,) → (N, M). Keeps x itself, not a copy: leave it unchanged until `backward`. */
  forward(x: Input, out?: Tensor): Tensor {
    return this.#product(x, out, this.#forward);
  }

  /** relu(x·W + b), with the bits of two forwards in one pass over the result, which `relu` keeps for its backward. */
  forwardThen(relu: Relu, x: Input, out?: Tensor): Tensor {
    return relu.keep(this.#product(x, out, this.#forwardThenRelu));
  }

  #product(x: Input, out: Tensor | undefined, options: MatmulOptions): Tensor {
    const rows = inputRows(x, this.#options.byteScale); // (N, D)
    requireInputWidth(x, rows, this.W);
    const y = kernelsOf(this.#options).matmul(rows, this.W, out && rowsView(out, "out"), options); // (N, M)
    this.#x = x;
    return out ?? (x.dimension === 1 ? y.pick(0, null) : y); // one sample: (M,)
  }

  /** Sets dW and db and returns dx. The three gradients are the methods below, and nothing else. */
  backward(dout: Tensor, dx?: Tensor): Tensor {
    const inputs = this.inputGradient(dout, dx);
    this.#dW = this.weightGradient(this.x, dout, undefined, this.#dW);
    this.#db = this.biasGradient(dout, this.#db);
    return inputs;
  }

  /** dx = dout·Wᵀ: (N, M)·(M, D) → (N, D), handed back in x's shape. Needs only the rows of this batch. */
  inputGradient(dout: Tensor, dx?: Tensor): Tensor {
    const x = keptBy("forward", this.#x, "Affine's gradient for its input");
    const rows = rowsOf(dout, "dout"); // (N, M)
    requireDoutShape(x, dout, rows, this.W);
    const result = kernelsOf(this.#options).matmul(rows, this.#transposedW, dx && rowsView(dx, "dx"));
    return likeInput(x, result, dx);
  }

  /**
   * dW[from..to) = x[:, from..to)ᵀ · dout: (to − from, N)·(N, M) → (to − from, M).
   * Every element sums over the batch axis in the order of the rows, so any range of W's rows may be computed
   * apart from the others, by anyone who has all rows of x and dout, with the same bits on every backend but `blas`.
   * Default: all rows of W.
   */
  weightGradient(x: Input, dout: Tensor, rows?: RowRange, out?: Tensor): Tensor {
    const { from, to } = rows ?? { from: 0, to: this.W.shape[0] ?? 0 };
    const transposed = this.#columns.of(inputRows(x, this.#options.byteScale), from, to); // (to − from, N)
    return kernelsOf(this.#options).matmul(transposed, rowsOf(dout, "dout"), out, this.#weightGradient);
  }

  /** db = Σ over the batch axis of dout: (N, M) → (M,), in the order of the rows. */
  biasGradient(dout: Tensor, out?: Tensor): Tensor {
    return kernelsOf(this.#options).sumRows(rowsOf(dout, "dout"), out);
  }

  /**
   * One step of plain gradient descent in place, W ← W − η·dW and b ← b − η·db, that never writes dW down: for a batch of
   * few rows, whose dW is mostly what it was. The bits are those of the two gradients and `axpy` one after the other.
   * @param db (M,), written on the way: in the kernels' own memory it costs least
   */
  descend(x: Input, dout: Tensor, learningRate: number, db?: Tensor): void {
    const kernels = kernelsOf(this.#options);
    const transposed = this.#columns.of(inputRows(x, this.#options.byteScale), 0, this.W.shape[0] ?? 0); // (D, N)
    const { sparse, byteScale } = this.#weightGradient;
    const options = { sparse, byteScale, accumulate: true, alpha: -learningRate };
    kernels.matmul(transposed, rowsOf(dout, "dout"), this.W, options);
    this.#db = this.biasGradient(dout, db ?? this.#db);
    kernels.axpy(-learningRate, this.#db, this.b);
  }

  /** The input of the latest forward. */
  get x(): Input {
    return keptBy("forward", this.#x, "Affine.x");
  }

  /** Gradient for W (D, M) of the latest backward; the next backward writes over it. */
  get dW(): Tensor {
    return keptBy("backward", this.#dW, "Affine.dW");
  }

  /** Gradient for b (M,) of the latest backward; the next backward writes over it. */
  get db(): Tensor {
    return keptBy("backward", this.#db, "Affine.db");
  }
}
