// One training step in shards, on one worker: the plain step's rows, and gradients that are summed shard by shard, in a
// tree, so that neither the number of workers nor that of ranks changes a bit.
import { type Input, windows } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import { netLayout } from "../memory-layout.ts";
import { viewOf } from "../place.ts";
import type { RankState } from "../rank-state.ts";
import type { RunPlan } from "../run-plan.ts";
import type { AffineSlice, Range } from "../shards.ts";
import { Step } from "../step.ts";
import { startOf } from "./exchange-layout.ts";
import { sumInTree, treeSum } from "./tree.ts";

/** One Affine's part of one shard's gradient. */
interface ShardTask {
  readonly affine: number;
  readonly rows: Range;
  readonly x: Input;
  readonly dout: Tensor;
  /** For every place of the tree. */
  readonly into: readonly { readonly dW: Tensor; readonly db: Tensor | undefined }[];
}

/** The sums on the way up the tree, one worker's stretch of each. */
interface Level {
  readonly stretch: Tensor;
  readonly grads: Readonly<Record<string, Tensor>>;
}

export class ShardStep extends Step {
  readonly #state: RankState;
  readonly #levels: readonly Level[];
  /** Rows of the minibatch by shard of this rank. */
  readonly #shards: readonly Range[];
  readonly #tasks: readonly (readonly ShardTask[])[];

  /**
   * @param counts rows of this rank's shards in this step
   * @param allRows rows of the step over all ranks, which the loss is a mean over
   */
  constructor(plan: RunPlan, state: RankState, counts: readonly number[], allRows: number) {
    super(
      state,
      counts.reduce((sum, count) => sum + count, 0),
      allRows,
      counts,
    );
    this.#state = state;
    const layout = netLayout(plan.net.sizes);
    const { from, to } = state.slice.elements;
    this.#levels = (plan.arrays.exchange?.levels ?? []).map((place) => {
      const vector = viewOf(plan.memory, startOf(place, layout.length)) as Tensor;
      return { stretch: vector.lo(from).hi(to - from), grads: windows(layout, vector) };
    });
    let first = 0;
    this.#shards = counts.map((count) => {
      first += count;
      return { from: first - count, to: first };
    });
    this.#tasks = this.#shards.map((rows) => state.slice.affines.map((slice) => this.#task(slice, rows)));
  }

  /** Sums my slice of the gradients over the rows of each shard, and the shards of this rank in a tree. */
  override sumGradients(): void {
    const { affines, kernels, clock } = this.#state;
    sumInTree(
      this.#shards.length,
      (shard, place) => {
        const rows = this.#shards[shard];
        if (rows === undefined || rows.from === rows.to) {
          const { data, offset, size } = this.#level(place).stretch;
          data.fill(0, offset, offset + size);
          return;
        }
        for (const { affine, rows: range, x, dout, into } of this.#tasks[shard] ?? []) {
          const target = into[place];
          if (target === undefined) continue;
          affines[affine]?.weightGradient(x, dout, range, target.dW);
          if (target.db !== undefined) affines[affine]?.biasGradient(dout, target.db);
        }
      },
      (from, to) => kernels.axpy(1, this.#level(from).stretch, this.#level(to).stretch),
    );
    clock?.lap("dW db");
  }

  /** Σ of this rank's sample losses: each shard's in the order of its rows, the shards' in a tree. */
  override lossSum(): number {
    const { losses } = this.#state;
    return treeSum(
      this.#shards.map(({ from, to }) => {
        let sum = 0;
        for (let row = from; row < to; row++) sum += losses.get(row);
        return sum;
      }),
    );
  }

  #task({ affine, rows, bias }: AffineSlice, shard: Range): ShardTask {
    const state = this.#state;
    const layer = state.affineLayers[affine] ?? 0;
    const input = layer === 0 ? state.x : state.out[layer - 1];
    const dout = state.dout[layer];
    if (input === undefined || dout === undefined)
      throw new RangeError(`no Affine layer ${affine + 1} in this net`);
    const of = (whole: Tensor): Tensor => whole.lo(shard.from, 0).hi(shard.to - shard.from, -1);
    const into = this.#levels.map(({ grads }) => {
      const [dW, db] = [grads[`W${affine + 1}`], grads[`b${affine + 1}`]];
      if (dW === undefined || db === undefined)
        throw new RangeError(`no Affine layer ${affine + 1} in this net`);
      return { dW: dW.lo(rows.from, 0).hi(rows.to - rows.from, -1), db: bias ? db : undefined };
    });
    return { affine, rows, x: input.lo(shard.from, 0).hi(shard.to - shard.from, -1), dout: of(dout), into };
  }

  #level(place: number): Level {
    const level = this.#levels[place];
    if (level === undefined) throw new RangeError(`no place ${place} in a tree of ${this.#levels.length}`);
    return level;
  }
}
