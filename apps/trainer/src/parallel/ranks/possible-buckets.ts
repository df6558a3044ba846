// In how many parts a run's gradients can be exchanged: its sizes alone say it, and the plan of a run asks here too.
import { BUCKET_COUNTS } from "../../plan-ranks/overlap-model.ts";
import { netLayout } from "../memory-layout.ts";
import { bucketStarts } from "../shards.ts";
import { exchangeCuts } from "./exchange-layout.ts";

/** Where the cuts are fixed: slices of the parameters, and workers that share those of a bucket. */
export interface FixedSlices {
  readonly slices: number;
  readonly workers: number;
}

/** The numbers of buckets in which there is something, and where the cuts are fixed something for every worker. */
export function possibleBuckets(layers: readonly number[], ranks: number, fixed?: FixedSlices): number[] {
  return BUCKET_COUNTS.filter((buckets) => buckets === 1 || isPossible(buckets, layers, ranks, fixed));
}

function isPossible(
  buckets: number,
  layers: readonly number[],
  ranks: number,
  fixed: FixedSlices | undefined,
): boolean {
  if (fixed !== undefined && (fixed.slices % buckets > 0 || fixed.slices / buckets < fixed.workers))
    return false;
  const layout = netLayout(layers);
  const cuts = exchangeCuts(bucketStarts(layout, layers.length - 1, buckets), layout.length, ranks);
  return cuts.every((cut, i) => i === 0 || cut > (cuts[i - 1] ?? 0));
}
