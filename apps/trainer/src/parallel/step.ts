// One training step on one rank, for one number of rows in the minibatch.
//
//   phase 1   my rows of the minibatch      gather → layers forward → loss → dout of every layer
//   barrier
//   phase 2   my slice of the parameters    dW, db summed over the batch axis of ALL rows → update
//   barrier
//
// All views are made here, once for a shape and its cuts: a step itself copies no gradient and makes no array.
import { backwardToFirst, clipByGlobalNorm, forward, globalNorm, type Input } from "@gradloom/core";
import type { CrossEntropyOutputs, FloatArray, IntegerTensor, Tensor } from "@gradloom/kernels";
import type { StepCuts } from "./balance/cut-points.ts";
import { ownParameters, rowPieces } from "./cuts.ts";
import { type GradientTask, gradientTasks } from "./gradient-tasks.ts";
import type { RankState } from "./rank-state.ts";
import type { RowsAhead } from "./rows-ahead.ts";
import type { Range } from "./shards.ts";

/** What a step of one process, whose workers are cut evenly, leaves out. */
export interface StepShare {
  /** What the loss is a mean over; where other processes have rows of the minibatch too: all of them. */
  readonly samples?: number;
  /** The minibatch's rows by shard. */
  readonly parts?: readonly number[];
  readonly cuts?: StepCuts | undefined;
}

export class Step {
  readonly #state: RankState;
  /** The rows of the minibatch, over all ranks. */
  readonly #batchRows: number;
  readonly #mine: Range;
  /** Stretches of my rows whose products are apart: one, or several where the cuts are fixed. */
  readonly #pieces: readonly Range[];
  readonly #order: IntegerTensor<Int32Array>;
  readonly #x: Input;
  readonly #t: IntegerTensor<Int32Array>;
  readonly #out: readonly Tensor[];
  readonly #dout: readonly Tensor[];
  readonly #logits: Tensor;
  readonly #loss: CrossEntropyOutputs<FloatArray>;
  readonly #gradientTasks: readonly GradientTask[];
  readonly #myParameters: Tensor;
  readonly #myGradients: Tensor;
  readonly #myState: readonly Tensor[];

  constructor(state: RankState, batchRows: number, share: StepShare = {}) {
    const { samples = batchRows, parts = [batchRows], cuts } = share;
    this.#state = state;
    this.#batchRows = batchRows;
    const pieces = rowPieces(parts, state, cuts?.rows);
    const slice =
      cuts === undefined
        ? state.slice
        : ownParameters(state.layout, state.affines.length, state, { at: 0, of: 1 }, cuts.parameters);
    const [from, to] = [pieces[0]?.from ?? 0, pieces.at(-1)?.to ?? 0];
    const count = to - from;
    const mine = (whole: Tensor): Tensor => whole.lo(from, 0).hi(count, -1);
    this.#mine = { from, to };
    this.#pieces = pieces.map((piece) => ({ from: piece.from - from, to: piece.to - from }));
    this.#order = state.order.hi(count);
    this.#x = state.x.lo(from, 0).hi(count, -1);
    this.#t = state.t.lo(from).hi(count);
    this.#out = state.out.map(mine);
    this.#dout = state.dout.map(mine);
    this.#logits = lastOf(this.#out);
    // The mean is over the GLOBAL batch: averaging the means of uneven shards would weigh their samples unevenly.
    const gradient = { dx: lastOf(this.#dout), scale: 1 / samples };
    this.#loss = { y: mine(state.y), losses: state.losses.lo(from).hi(count), ...gradient };
    this.#gradientTasks = gradientTasks(state, slice, batchRows, count === batchRows ? this.#x : undefined);
    const { from: first, to: end } = slice.elements;
    const own = (whole: Tensor): Tensor => whole.lo(first).hi(end - first);
    this.#myParameters = own(state.parameters);
    this.#myGradients = own(state.gradients);
    this.#myState = state.optimizerState.map(own);
  }

  /** Forward and backward for my rows of the minibatch that starts at `start` in this epoch's order. */
  computeRows(start: number): void {
    const { products } = this.#state;
    const { from, to } = this.#mine;
    if (from === to) return;
    if (products === undefined) this.#computeMine(start);
    else products.inPieces(this.#pieces, () => this.#computeMine(start));
  }

  /**
   * The same for a step of one row, gathered before with others: a row's way from memory takes as long as the step.
   * @param row which of `ahead` it is
   */
  computeRow(ahead: RowsAhead, row: number): void {
    this.#x.offset = ahead.x.offset + row * (ahead.x.stride[0] ?? 0);
    this.#t.set(0, this.#state.train.labels.get(ahead.order.get(row)));
    this.#state.clock?.lap("gather");
    this.#propagate();
  }

  #computeMine(start: number): void {
    const { kernels, train, clock } = this.#state;
    const { from, to } = this.#mine;
    const order = this.#order;
    order.offset = start + from; // moving one view along the order saves making one per step
    kernels.gatherRows<Input["data"]>(train.images, order, this.#x, train.scale);
    for (let i = 0; i < to - from; i++) this.#t.set(i, train.labels.get(order.get(i)));
    clock?.lap("gather");
    this.#propagate();
  }

  #propagate(): void {
    const { net, clock } = this.#state;
    forward(net.layers, this.#x, this.#out);
    clock?.lap("forward");
    net.lastLayer.forward(this.#logits, this.#t, this.#loss);
    clock?.lap("loss");
    backwardToFirst(net.layers, this.#dout);
    clock?.lap("dx");
  }

  /** Sums my slice of the Affine gradients over the batch axis of all ranks' rows. */
  sumGradients(): void {
    const { affines, clock } = this.#state;
    for (const { affine, rows, x, dout, dW, db } of this.#gradientTasks) {
      affines[affine]?.weightGradient(x, dout, rows, dW);
      if (db !== undefined) affines[affine]?.biasGradient(dout, db);
    }
    clock?.lap("dW db");
  }

  /** One step of plain gradient descent, for a rank that has all rows and all parameters: no gradient is written down. */
  descend(learningRate: number): void {
    const { affines } = this.#state;
    for (const { affine, x, dout, db } of this.#gradientTasks)
      affines[affine]?.descend(x, dout, learningRate, db);
  }

  /** Of all ranks' gradients; every rank finds the same. */
  gradientNorm(): number {
    return globalNorm(this.#state.gradients);
  }

  /** Clips my gradients by the norm of all. */
  scaleGradients(norm: number, maxNorm: number): void {
    clipByGlobalNorm(this.#myGradients, maxNorm, this.#myGradients, norm);
  }

  /**
   * Updates my slice of the parameters by their gradients.
   * @param iteration which step of the whole run this is, from 1
   */
  update(iteration: number, learningRate: number): void {
    const { optimizer, clock } = this.#state;
    optimizer.step(this.#myParameters, this.#myGradients, this.#myState, iteration, learningRate);
    clock?.lap("update");
  }

  /** Whether my parameters are all finite numbers: after an update by gradients that are not, none of the optimizers' are. */
  isFinite(): boolean {
    return this.#state.kernels.allFinite(this.#myParameters);
  }

  /** Σ of the minibatch's sample losses, in the order of the rows whoever computed them. */
  lossSum(): number {
    const { data, offset } = this.#state.losses;
    let sum = 0;
    for (let i = 0; i < this.#batchRows; i++) sum += data[offset + i] ?? Number.NaN;
    return sum;
  }
}

function lastOf(tensors: readonly Tensor[]): Tensor {
  const last = tensors.at(-1);
  if (last === undefined) throw new RangeError("a net without layers has no output");
  return last;
}
