// How many pieces products are cut into when a run's options do not say: one number for its whole life, on every rank.
import { availableParallelism } from "node:os";
import type { World } from "@gradloom/collective";
import type { TrainingOptions } from "../../options.ts";
import type { TrainingState } from "../../training-state.ts";
import { usualPieces } from "../cuts.ts";
import { fromFirstRank } from "./bcast-value.ts";

/** Those that the run began with or, of a new one, for the cores here; where there are several ranks, the first one's. */
export function agreedPieces(
  ranks: { readonly world: World } | undefined,
  { pieces }: Partial<TrainingOptions>,
  resume: TrainingState | undefined,
): number {
  const usual = resume?.pieces ?? usualPieces(availableParallelism());
  return ranks === undefined ? usual : fromFirstRank(ranks.world, pieces ?? usual);
}
