// Puts together what the ranks have found about their rows: afterwards every rank has every row's class and loss.
import { viewOf } from "../place.ts";
import type { RunPlan } from "../run-plan.ts";
import { worldOf } from "./exchange.ts";
import { judgedRows, type ShardShare, shareOf, sizeOf } from "./share.ts";

/**
 * One worker's task, when all workers of this rank are done.
 * @param wish this rank's wish to stop, as bits
 * @returns every rank's wishes
 */
export function gatherEvaluation(
  plan: RunPlan,
  share: ShardShare,
  judged: { readonly rows: number; readonly ownTraining: boolean },
  wish: number,
): number {
  const { ranks, arrays, memory } = plan;
  if (ranks === undefined) return wish;
  const world = worldOf(ranks);
  const parts = Array.from({ length: world.size }, (_, rank) => {
    const { shards } = share;
    const theirs = shareOf(
      share.totalRows,
      { shards, batchSize: plan.batchSize },
      { rank, size: world.size },
    );
    return judgedRows(theirs, judged.rows, judged.ownTraining);
  });
  for (const place of [arrays.predicted, arrays.evaluatedLosses]) {
    const { data } = viewOf(memory, place);
    const item = data.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, judged.rows * item);
    world.allgatherParts(
      bytes,
      parts.map((part) => sizeOf(part) * item),
      parts.map(({ from }) => from * item),
    );
  }
  const wishes = new Uint8Array(world.size);
  world.allgather(Uint8Array.of(wish), wishes);
  return wishes.reduce((bits, one) => bits | one, 0);
}
