// The contract between the mathematics and the machine: what every backend computes, and who owns the memory.
//
// Rules that hold for every operation:
// - inputs are never written to; outputs come last and may be left out: then a new array is returned;
// - all float operands of one call have one dtype; any strides are welcome, and nothing is copied by the caller;
// - an elementwise output may be its input itself (in place); any other overlap of output and input is an AliasError;
// - the last axis is the one that softmax works along; the first axis is the batch.
import type { NdArray } from "ndarray";
import type { AdagradStep, AdamStep, MomentumStep, RmspropStep } from "./optimizer-steps.ts";
import type { ArrayOf, ByteTensor, Dtype, FloatArray, IntegerTensor, Tensor } from "./tensor.ts";

/**
 * `reference`: plain loops. `wasm`: SIMD that multiplies, rounds and adds, with the bits of `reference` on every
 * machine. `wasm-relaxed`: the same source with fused multiply-adds, faster; its last bits depend on the machine.
 * `blas`: products of matrices by a native library, in Node; their last bits also depend on how a product is cut.
 */
export type BackendName = "reference" | "wasm" | "wasm-relaxed" | "blas";

/** Options of matmul. */
export interface MatmulOptions<T extends FloatArray = FloatArray> {
  /** Adds the product to what `out` holds instead of replacing it. Needs `out`. */
  readonly accumulate?: boolean;
  /**
   * Adds alpha times the product: out ← out + alpha·(a·b), with the bits of a product of its own and `axpy`; with a
   * vector a or b it is rounded once. Needs `accumulate`. One step of plain gradient descent is
   * matmul(xᵀ, dout, W, { accumulate: true, alpha: −rate }).
   */
  readonly alpha?: number;
  /** A vector (n) that is then added to every row, as by `addBias`. */
  readonly bias?: Tensor<T>;
  /** Replaces what is not above 0 by 0 in the end, as `relu` does. */
  readonly relu?: boolean;
  /**
   * Leaves out the products of a's zeros, which saves time where most of a is 0, such as pixels (see the README for how
   * much). The bits stay those of the dense product, but for three cases: 0·∞ and 0·NaN do not make a sum NaN; a −0 in
   * `out` stays −0 where nothing, or with `alpha` a sum of 0, is added to it; and in `wasm-relaxed` a sum that underflows
   * to −0 stays −0. On `blas` WebAssembly computes these products, with the bits of the default backend, which no cut changes;
   * but of an a of bytes with a wide result the columns with few zeros are the library's: it multiplies their zeros too, and its
   * order of adding depends on the cut. Vectors (1-D operands) take no notice of it.
   */
  readonly sparse?: boolean;
  /** What a byte is worth where a holds unsigned bytes, such as 1/255 for pixels; not 0. Default 1. */
  readonly byteScale?: number;
}

/** Where softmaxCrossEntropy writes, for a loop that allocates nothing. */
export interface CrossEntropyOutputs<T extends FloatArray> {
  /** softmax(x), shape of x. */
  readonly y?: Tensor<T>;
  /** -Σ t·log softmax(x) of each row, shape of x without its last axis. */
  readonly losses?: Tensor<T>;
  /** The gradient too, in the same pass over the rows: (y − t)·scale, shape of x. Not computed when left out. */
  readonly dx?: Tensor<T>;
  /** What the gradient is multiplied by, such as 1/N for a mean over N rows. Default 1. */
  readonly scale?: number;
}

/** What softmaxCrossEntropy returns. */
export interface CrossEntropy<T extends FloatArray> {
  readonly y: Tensor<T>;
  readonly losses: Tensor<T>;
}

/** Options of gatherRows. */
export interface GatherOptions {
  /** What each element is multiplied by on its way, for example 1/255 for pixels. Default 1. */
  readonly scale?: number;
}

/** The native library behind the backend `blas`. */
export interface LibraryFacts {
  /** Its maker's name for it, such as `OpenBLAS`; `CBLAS` when it does not tell. */
  readonly name: string;
  /** Its file, as far as the system tells. */
  readonly path: string;
  /** Its version in its own words, with what it was built for; empty when it does not tell. */
  readonly version: string;
  /** Threads that one call uses: 1, unless the library does not let that be set; undefined when it does not tell. */
  readonly threads: number | undefined;
}

/** Which code really runs. */
export interface Explanation {
  readonly backend: BackendName;
  /** Why this backend was chosen. */
  readonly reason: string;
  /** Operation → implementation, for example `matmul: "wasm/simd128"`, or `"wasm/relaxed-simd"`. */
  readonly operations: Readonly<Record<string, string>>;
  /** Where arrays made by `zeros` live. */
  readonly memory: "javascript" | "webassembly" | "webassembly (shared)";
  /** The native library, on the backend that has one. */
  readonly library?: LibraryFacts;
}

/** The operations, on ndarrays of any strides; every backend has them all. Outputs come last and may be left out. */
export interface Kernels {
  readonly backend: BackendName;
  /** Which backend, variant and instruction path really runs. */
  explain(): Explanation;

  /** A new array of zeros in the memory these kernels work in: for parameters and for buffers that are used again. */
  zeros<D extends Dtype = "float32">(shape: readonly number[], dtype?: D): Tensor<ArrayOf<D>>;

  /**
   * out ← a·b, or out ← out + a·b with `accumulate`. NumPy's `matmul` for 1-D and 2-D operands:
   * (m,k)·(k,n) → (m,n); (k)·(k,n) → (n); (m,k)·(k) → (m); (k)·(k) → a 0-d array.
   * The sum over k runs in natural order, starting from zero or from `out`, whatever the blocking:
   * cutting a product by rows or by columns changes no bit of a 2-D result. Not so on `blas`: a native library chooses
   * its order by the sizes, so that its last bits may depend on the cuts and the layout.
   * With `bias` and `relu`, out ← relu([out +] a·b + bias): the bits of addBias and relu called afterwards.
   * An a of unsigned bytes stands for the floats byteScale·a, as `gatherRows` makes them, and gives their bits, on `blas` but for
   * wide `sparse` products. With `sparse` only those that are not 0 are ever made; without it, or for vectors, a copy of a in floats.
   * @throws ValueError for `accumulate` without `out`, for `alpha` without `accumulate` or not finite, and for a
   *   `byteScale` that is 0 or not finite.
   */
  matmul<T extends FloatArray>(
    a: Tensor<T> | ByteTensor,
    b: Tensor<T>,
    out?: Tensor<T>,
    options?: MatmulOptions<T>,
  ): Tensor<T>;

  /** softmax along the last axis, any rank ≥ 1: exp(x − max) / Σ exp(x − max). */
  softmax<T extends FloatArray>(x: Tensor<T>, out?: Tensor<T>): Tensor<T>;

  /** log softmax along the last axis, any rank ≥ 1: (x − max) − log Σ exp(x − max). */
  logSoftmax<T extends FloatArray>(x: Tensor<T>, out?: Tensor<T>): Tensor<T>;

  /**
   * softmax of each row of x (N,C) or of one row (C), and its cross-entropy against t.
   * t is either a distribution of x's shape (one-hot or soft, x's dtype), or class numbers:
   * an integer array of x's shape without the last axis. Decided by rank and dtype, never by size.
   * With `dx` the gradient is written in the same pass, with the bits of `softmaxCrossEntropyBackward`.
   * @throws ValueError for a class number outside 0 … C−1, naming its row and value.
   */
  softmaxCrossEntropy<T extends FloatArray>(
    x: Tensor<T>,
    t: Tensor<T> | IntegerTensor,
    out?: CrossEntropyOutputs<T>,
  ): CrossEntropy<T>;

  /** out ← (y − t)·scale: the gradient of softmax with cross-entropy. t as in `softmaxCrossEntropy`. */
  softmaxCrossEntropyBackward<T extends FloatArray>(
    y: Tensor<T>,
    t: Tensor<T> | IntegerTensor,
    scale: number,
    out?: Tensor<T>,
  ): Tensor<T>;

  /** out ← x where x > 0, else 0; NaN stays NaN. */
  relu<T extends FloatArray>(x: Tensor<T>, out?: Tensor<T>): Tensor<T>;
  /** out ← dout where y > 0, else 0. y is relu's result: 0 at exactly 0. */
  reluBackward<T extends FloatArray>(y: Tensor<T>, dout: Tensor<T>, out?: Tensor<T>): Tensor<T>;

  /** out ← 1 / (1 + exp(−x)), without overflow. */
  sigmoid<T extends FloatArray>(x: Tensor<T>, out?: Tensor<T>): Tensor<T>;
  /** out ← dout·(1 − y)·y. y is sigmoid's result. */
  sigmoidBackward<T extends FloatArray>(y: Tensor<T>, dout: Tensor<T>, out?: Tensor<T>): Tensor<T>;

  /** out ← x + b for every row of x (N,M), b (M); or one row x (M). */
  addBias<T extends FloatArray>(x: Tensor<T>, b: Tensor<T>, out?: Tensor<T>): Tensor<T>;

  /** out (M) ← Σ over the batch axis of x (N,M), in the order of the rows. */
  sumRows<T extends FloatArray>(x: Tensor<T>, out?: Tensor<T>): Tensor<T>;

  /** y ← y + α·x, elementwise, in place; BLAS's axpy at any rank. Returns y. */
  axpy<T extends FloatArray>(alpha: number, x: Tensor<T>, y: Tensor<T>): Tensor<T>;

  /** Whether every element is a finite number: neither NaN nor infinite. Any rank; true where there is no element. */
  allFinite(x: Tensor): boolean;

  // One optimizer step, elementwise and in place, on tensors of one shape that share no memory: parameters p, gradients
  // g (never written to) and the optimizer's state. d = g + weightDecay·p throughout; see optimizer-steps.ts.
  // Each returns p. @throws ValueError for a number that is not finite, or a divisor that could be 0.

  /** v ← momentum·v + d; p ← p − learningRate·v, or with nesterov p ← p − learningRate·(d + momentum·v). */
  momentumStep<T extends FloatArray>(p: Tensor<T>, g: Tensor<T>, v: Tensor<T>, step: MomentumStep): Tensor<T>;

  /** h ← h + d²; p ← p − learningRate·(d / (√h + eps)). */
  adagradStep<T extends FloatArray>(p: Tensor<T>, g: Tensor<T>, h: Tensor<T>, step: AdagradStep): Tensor<T>;

  /** h ← decayRate·h + ((1 − decayRate)·d)·d; p ← p − learningRate·(d / (√h + eps)). */
  rmspropStep<T extends FloatArray>(p: Tensor<T>, g: Tensor<T>, h: Tensor<T>, step: RmspropStep): Tensor<T>;

  /**
   * m ← beta1·m + (1 − beta1)·d; v ← beta2·v + ((1 − beta2)·d)·d;
   * p ← keep·p − stepSize·(m / (√v / rootCorrection + eps)).
   */
  adamStep<T extends FloatArray>(
    p: Tensor<T>,
    g: Tensor<T>,
    m: Tensor<T>,
    v: Tensor<T>,
    step: AdamStep,
  ): Tensor<T>;

  /**
   * out[i] ← scale·source[rows[i]] for a source (N,D) of floats or of unsigned bytes; out (rows.length, D) holds floats,
   * or the bytes of a source of bytes as they are.
   * @throws ValueError for a row number outside 0 … N−1, and for a scale where bytes stay bytes.
   */
  gatherRows<T extends FloatArray | Uint8Array>(
    source: NdArray<NoInfer<T>> | ByteTensor,
    rows: IntegerTensor,
    out: NdArray<T>,
    options?: GatherOptions,
  ): NdArray<T>;
}
