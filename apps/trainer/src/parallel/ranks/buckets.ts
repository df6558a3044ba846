// How many parts a step's gradients are exchanged in: one after the other, while the next is computed, where that pays.
import type { World } from "@gradloom/collective";
import { networkOf, USUAL_NETWORK } from "../../plan-ranks/network.ts";
import { BUCKET_COUNTS, fastestBuckets, payingBuckets } from "../../plan-ranks/overlap-model.ts";
import { stepParts } from "../../plan-ranks/step-model.ts";
import type { TrainingPlan } from "../../training-plan.ts";
import { needsFixedCuts, slicesOf, usualPieces } from "../cuts.ts";
import { netLayout } from "../memory-layout.ts";
import { bucketStarts } from "../shards.ts";
import { fromFirstRank } from "./bcast-value.ts";
import { exchangeCuts } from "./exchange-layout.ts";

/** What the choice is made by. */
type Planned = Pick<TrainingPlan, "options" | "layers" | "backend">;

/** How many buckets all ranks use: the first one decides, since its workers may be others than theirs. */
export function agreedBuckets(ranks: { readonly world: World } | undefined, planned: Planned): number {
  if (ranks === undefined || ranks.world.size === 1) return 1;
  return fromFirstRank(ranks.world, bucketsOf(planned, ranks.world.size));
}

/** A worker of a usual machine, in operations a second; half as many in float64. Wrong by a factor, it costs little. */
const USUAL_FLOPS = 20e9;

/** The number of buckets that a run's configuration asks for: 1 where exchange and backward take turns. */
export function bucketsOf({ options, layers, backend }: Planned, ranks: number): number {
  const { overlap, batchSize, dtype, workers, pieces } = options;
  const itemBytes = dtype === "float32" ? 4 : 8;
  const flops = (workers * USUAL_FLOPS * 4) / itemBytes;
  const parts = stepParts({ layers, batchSize, itemBytes, flops }, batchSize / ranks);
  const slices = needsFixedCuts(backend, batchSize)
    ? { slices: slicesOf(netLayout(layers), pieces ?? usualPieces(workers)), workers }
    : undefined;
  const counts = BUCKET_COUNTS.filter((buckets) => isPossible(buckets, layers, ranks, slices));
  const usual = networkOf(USUAL_NETWORK);
  if (overlap === "off" || counts.length === 1) return 1;
  if (overlap === "auto") return payingBuckets(parts, ranks, usual, counts);
  return fastestBuckets(parts, ranks, usual, counts.slice(1));
}

/** Whether there is something in every bucket, and where the cuts are fixed, something for every worker. */
function isPossible(
  buckets: number,
  layers: readonly number[],
  ranks: number,
  fixed: { readonly slices: number; readonly workers: number } | undefined,
): boolean {
  if (buckets === 1) return true;
  if (fixed !== undefined && (fixed.slices % buckets > 0 || fixed.slices / buckets < fixed.workers))
    return false;
  const layout = netLayout(layers);
  const cuts = exchangeCuts(bucketStarts(layout, layers.length - 1, buckets), layout.length, ranks);
  return cuts.every((cut, i) => i === 0 || cut > (cuts[i - 1] ?? 0));
}
