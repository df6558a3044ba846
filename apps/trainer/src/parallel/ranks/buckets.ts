// How many parts a step's gradients are exchanged in: one after the other, while the next is computed, where that pays.
import type { World } from "@gradloom/collective";
import { UsageError } from "../../errors.ts";
import { networkOf, USUAL_NETWORK } from "../../plan-ranks/network.ts";
import { fastestBuckets, payingBuckets } from "../../plan-ranks/overlap-model.ts";
import { stepParts } from "../../plan-ranks/step-model.ts";
import type { TrainingPlan } from "../../training-plan.ts";
import { needsFixedCuts, slicesOf, usualPieces } from "../cuts.ts";
import { netLayout } from "../memory-layout.ts";
import { asAgreed } from "./agreed.ts";
import { fromFirstRank } from "./bcast-value.ts";
import { type FixedSlices, possibleBuckets } from "./possible-buckets.ts";

/** What the choice is made by. */
type Planned = Pick<TrainingPlan, "options" | "layers" | "backend">;

/**
 * How many buckets all ranks use: the first one decides, since its workers may be others than theirs.
 * @throws UsageError, on every rank the same, for a number that the run cannot be exchanged in.
 */
export function agreedBuckets(ranks: { readonly world: World } | undefined, planned: Planned): number {
  if (ranks === undefined || ranks.world.size === 1) return 1;
  const agreed = fromFirstRank(ranks.world, chosenOrWhyNot(planned, ranks.world.size));
  if (typeof agreed === "string") throw asAgreed(new UsageError(agreed));
  return agreed;
}

/** The number, or what is wrong with the one that was asked for: either can be told to the other ranks. */
function chosenOrWhyNot(planned: Planned, ranks: number): number | string {
  try {
    return bucketsOf(planned, ranks);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** A worker of a usual machine, in operations a second; half as many in float64. Wrong by a factor, it costs little. */
const USUAL_FLOPS = 20e9;

/**
 * The number of buckets that a run's configuration asks for: 1 where exchange and backward take turns.
 * @throws UsageError for a number that the run cannot be exchanged in.
 */
export function bucketsOf({ options, layers, backend }: Planned, ranks: number): number {
  const { overlap, batchSize, dtype, workers, pieces } = options;
  const itemBytes = dtype === "float32" ? 4 : 8;
  const flops = (workers * USUAL_FLOPS * 4) / itemBytes;
  const parts = stepParts({ layers, batchSize, itemBytes, flops }, batchSize / ranks);
  const fixed = needsFixedCuts(backend, batchSize)
    ? { slices: slicesOf(netLayout(layers), pieces ?? usualPieces(workers)), workers }
    : undefined;
  const counts = possibleBuckets(layers, ranks, fixed);
  if (typeof overlap === "number") {
    if (counts.includes(overlap)) return overlap;
    throw new UsageError(refusal(overlap, counts, { layers, ranks, fixed }));
  }
  const usual = networkOf(USUAL_NETWORK);
  if (overlap === "off" || counts.length === 1) return 1;
  if (overlap === "auto") return payingBuckets(parts, ranks, usual, counts);
  return fastestBuckets(parts, ranks, usual, counts.slice(1));
}

/** Why a number of parts cannot be, and what can: fewer workers too, where they alone are in the way. */
function refusal(
  overlap: number,
  counts: readonly number[],
  { layers, ranks, fixed }: { layers: readonly number[]; ranks: number; fixed: FixedSlices | undefined },
): string {
  const others = ["off", ...counts.slice(1)].join(", ").replace(/, ([^,]*)$/, " or $1");
  if (fixed !== undefined && possibleBuckets(layers, ranks, { ...fixed, workers: 1 }).includes(overlap)) {
    const { slices, workers } = fixed;
    const each = slices / overlap;
    return (
      `overlap ${overlap}: of ${slices} pieces of the parameters each part has ${each}, too few for ${workers} workers. ` +
      `Use --workers ${each} (from code, workers: ${each}), or overlap ${others}.`
    );
  }
  return `overlap ${overlap}: this run's gradients cannot be exchanged in so many parts on ${ranks} ranks. Use overlap ${others}.`;
}
