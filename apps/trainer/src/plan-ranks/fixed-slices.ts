// What a native BLAS changes in a plan: its products are cut into pieces that the run fixes, so a step's gradients can be
// exchanged in fewer numbers of parts.
import { needsFixedCuts, slicesOf } from "../parallel/cuts.ts";
import { netLayout } from "../parallel/memory-layout.ts";
import type { FixedSlices } from "../parallel/ranks/possible-buckets.ts";
import type { Work } from "./step-model.ts";

/** The slices of the parameters and who shares them, as the run has them; undefined where cuts are free. */
export function fixedSlices(
  { layers, backend, native }: Pick<Work, "layers" | "backend" | "native">,
  batchSize: number,
): FixedSlices | undefined {
  if (native === undefined || backend === undefined || !needsFixedCuts(backend, batchSize)) return undefined;
  const { pieces, workers } = native;
  return { slices: slicesOf(netLayout(layers), pieces), workers };
}
