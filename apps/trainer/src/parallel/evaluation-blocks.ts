// The blocks of rows that evaluation is handed out in. With fixed cuts each is computed by the same products whoever takes
// it, on however many workers and ranks.
import type { Split } from "./memory-layout.ts";
import { judgedRows } from "./ranks/share.ts";
import type { RunPlan } from "./run-plan.ts";
import { type Range, rowsOf } from "./shards.ts";

/** All blocks of this process, in order. `rows` are those of the whole split. */
export function evaluationBlocks(
  { share, fixedCuts, evaluatedAtOnce }: Pick<RunPlan, "share" | "fixedCuts" | "evaluatedAtOnce">,
  split: Split,
  rows: number,
): Range[] {
  if (share === undefined || !fixedCuts) {
    return blocksIn(judgedRows(share, rows, split === "train"), evaluatedAtOnce);
  }
  // A rank's rows are those of its shards, in any split: no block crosses from one shard into the next.
  const { own, shards } = share;
  return Array.from({ length: own.to - own.from }, (_, i) => rowsOf(rows, shards, own.from + i)).flatMap(
    (part) => blocksIn(part, evaluatedAtOnce),
  );
}

function blocksIn({ from, to }: Range, size: number): Range[] {
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, i) => {
    const start = from + i * size;
    return { from: start, to: Math.min(to, start + size) };
  });
}
