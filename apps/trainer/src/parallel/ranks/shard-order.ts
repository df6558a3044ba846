// The order in which an epoch takes a rank's rows: every shard is shuffled by itself, whoever has it.
import { permutation } from "@gradloom/core";
import { type ShardShare, shardRows, sizeOf, stepRows } from "./share.ts";

/** Fills `order` with the rank's own row numbers, from 0: step after step, and within a step shard after shard. */
export function fillShardOrder(order: Int32Array, epoch: number, seed: number, share: ShardShare): void {
  const { own, rows, steps } = share;
  const shards = Array.from({ length: sizeOf(own) }, (_, i) => {
    const shard = own.from + i;
    const of = shardRows(share, shard);
    const shuffled = permutation(sizeOf(of), { seed, stream: `shuffle/${epoch}/shard-${shard}` });
    return { shard, first: of.from - rows.from, shuffled };
  });
  let at = 0;
  for (let step = 0; step < steps; step++) {
    for (const { shard, first, shuffled } of shards) {
      const { from, to } = stepRows(share, shard, step);
      for (let i = from; i < to; i++) order[at++] = first + (shuffled[i] ?? 0);
    }
  }
}
