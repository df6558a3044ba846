// How many shards the run of a plan has.
import { SHARDS_OF_RANKS } from "../parallel/ranks/check-shards.ts";

/** As many as any launched run has, where a batch has a row for each; otherwise the nearest number that all ranks can share. */
export function shardsOf(ranks: number, batchSize: number): number {
  const most = 2 ** Math.floor(Math.log2(batchSize));
  return Math.max(ranks, Math.min(SHARDS_OF_RANKS, most));
}
