// One training step in shards, on one worker: the plain step's rows, and gradients that are summed shard by shard, in a
// tree, so that neither the number of workers nor that of ranks changes a bit.
import { type Input, windows } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import { ownParameters } from "../cuts.ts";
import { netLayout } from "../memory-layout.ts";
import { viewOf } from "../place.ts";
import type { RankState } from "../rank-state.ts";
import type { RunPlan } from "../run-plan.ts";
import type { AffineSlice, ParameterSlice, Range } from "../shards.ts";
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

/** The sums on the way up the tree. */
interface Level {
  readonly vector: Tensor;
  readonly grads: Readonly<Record<string, Tensor>>;
}

/** One worker's part of a bucket. */
interface BucketPart {
  /** Its stretch of every level. */
  readonly stretches: readonly Tensor[];
  /** By shard. */
  readonly tasks: readonly (readonly ShardTask[])[];
}

export class ShardStep extends Step {
  readonly #state: RankState;
  /** Rows of the minibatch by shard of this rank. */
  readonly #shards: readonly Range[];
  readonly #parts: readonly BucketPart[];

  /**
   * @param counts rows of this rank's shards in this step
   * @param allRows rows of the step over all ranks, which the loss is a mean over
   */
  constructor(plan: RunPlan, state: RankState, counts: readonly number[], allRows: number) {
    const rows = counts.reduce((sum, count) => sum + count, 0);
    super(state, rows, { samples: allRows, parts: counts });
    this.#state = state;
    const layout = netLayout(plan.net.sizes);
    const levels = (plan.arrays.exchange?.levels ?? []).map((place): Level => {
      const vector = viewOf(plan.memory, startOf(place, layout.length)) as Tensor;
      return { vector, grads: windows(layout, vector) };
    });
    let first = 0;
    this.#shards = counts.map((count) => {
      first += count;
      return { from: first - count, to: first };
    });
    this.#parts = ownParts(plan, state).map(({ affines, elements: { from, to } }) => ({
      stretches: levels.map(({ vector }) => vector.lo(from).hi(to - from)),
      tasks: this.#shards.map((rows) => affines.map((slice) => this.#task(slice, rows, levels))),
    }));
  }

  /** How many buckets a step has. */
  get buckets(): number {
    return this.#parts.length;
  }

  /** Sums my slice of all gradients. */
  override sumGradients(): void {
    for (let bucket = 0; bucket < this.buckets; bucket++) this.sumBucket(bucket, () => {});
  }

  /**
   * Sums my slice of a bucket's gradients over the rows of each shard, and the shards of this rank in a tree.
   * @param between is called after every product
   */
  sumBucket(bucket: number, between: () => void): void {
    const { affines, kernels, clock } = this.#state;
    const part = this.#parts[bucket];
    if (part === undefined) throw new RangeError(`no bucket ${bucket} in a step of ${this.buckets}`);
    const { stretches, tasks } = part;
    const stretch = (place: number): Tensor => {
      const found = stretches[place];
      if (found === undefined) throw new RangeError(`no place ${place} in a tree of ${stretches.length}`);
      return found;
    };
    sumInTree(
      this.#shards.length,
      (shard, place) => {
        const rows = this.#shards[shard];
        if (rows === undefined || rows.from === rows.to) {
          const { data, offset, size } = stretch(place);
          data.fill(0, offset, offset + size);
          return;
        }
        for (const { affine, rows: range, x, dout, into } of tasks[shard] ?? []) {
          const target = into[place];
          if (target === undefined) continue;
          affines[affine]?.weightGradient(x, dout, range, target.dW);
          if (target.db !== undefined) affines[affine]?.biasGradient(dout, target.db);
          between();
        }
      },
      (from, to) => kernels.axpy(1, stretch(from), stretch(to)),
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

  #task({ affine, rows, bias }: AffineSlice, shard: Range, levels: readonly Level[]): ShardTask {
    const state = this.#state;
    const layer = state.affineLayers[affine] ?? 0;
    const input = layer === 0 ? state.x : state.out[layer - 1];
    const dout = state.dout[layer];
    if (input === undefined || dout === undefined)
      throw new RangeError(`no Affine layer ${affine + 1} in this net`);
    const of = (whole: Tensor): Tensor => whole.lo(shard.from, 0).hi(shard.to - shard.from, -1);
    const into = levels.map(({ grads }) => {
      const [dW, db] = [grads[`W${affine + 1}`], grads[`b${affine + 1}`]];
      if (dW === undefined || db === undefined)
        throw new RangeError(`no Affine layer ${affine + 1} in this net`);
      return { dW: dW.lo(rows.from, 0).hi(rows.to - rows.from, -1), db: bias ? db : undefined };
    });
    return { affine, rows, x: input.lo(shard.from, 0).hi(shard.to - shard.from, -1), dout: of(dout), into };
  }
}

/** What this worker has of every bucket. */
export function ownParts({ arrays, net }: RunPlan, state: RankState): ParameterSlice[] {
  const buckets = arrays.exchange?.buckets ?? [];
  const layout = netLayout(net.sizes);
  return buckets.map((_, at) =>
    ownParameters(layout, state.affines.length, state, { at, of: buckets.length }),
  );
}
