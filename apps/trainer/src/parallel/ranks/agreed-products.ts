// What decides the bits of a native BLAS's products when a run's options do not say: one choice for its whole life, on every
// rank.
import { availableParallelism } from "node:os";
import type { World } from "@gradloom/collective";
import type { SparseChoice, TrainingOptions } from "../../options.ts";
import type { TrainingState } from "../../training-state.ts";
import { usualPieces } from "../cuts.ts";
import { fromFirstRank } from "./bcast-value.ts";

/** For those options that are not given. */
export interface UsualProducts {
  /** How many pieces products are cut into. */
  readonly pieces: number;
  /** Whether the first layer skips the zeros of its input. */
  readonly sparse: SparseChoice;
}

/**
 * As the run began or, of a new one, the pieces for the cores here and `auto`; where there are several ranks, the first one's.
 */
export function agreedProducts(
  ranks: { readonly world: World } | undefined,
  { pieces }: Partial<TrainingOptions>,
  resume: TrainingState | undefined,
): UsualProducts {
  const usual: UsualProducts = {
    pieces: resume?.pieces ?? usualPieces(availableParallelism()),
    sparse: resume?.sparse ?? "auto",
  };
  return ranks === undefined
    ? usual
    : fromFirstRank(ranks.world, { ...usual, pieces: pieces ?? usual.pieces });
}
