// What a native BLAS changes in a plan: its products are cut into pieces that the run fixes, so a step's gradients can be
// exchanged in fewer numbers of parts.
import { mostWorkers, needsFixedCuts, slicesOf } from "../parallel/cuts.ts";
import { netLayout } from "../parallel/memory-layout.ts";
import type { FixedSlices } from "../parallel/ranks/possible-buckets.ts";
import { shardsOf } from "./planned-shards.ts";
import type { Work } from "./step-model.ts";

/** The slices of the parameters and who shares them, as the run has them; undefined where cuts are free. */
export function fixedSlices(
  { layers, backend, native }: Work,
  batchSize: number,
  ranks: number,
): FixedSlices | undefined {
  if (native === undefined || backend === undefined || !needsFixedCuts(backend, batchSize)) return undefined;
  const { pieces, workers } = native;
  const layout = netLayout(layers);
  const most = mostWorkers(layout, { batchSize, shards: shardsOf(ranks, batchSize), pieces }, ranks);
  return { slices: slicesOf(layout, pieces), workers: Math.min(workers, most) };
}
