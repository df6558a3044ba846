// Loads the data of one rank of several: its own rows, where the files allow that.
import type { World } from "@gradloom/collective";
import type { DataOptions } from "../../data/data-options.ts";
import type { TrainingData } from "../../data/dataset.ts";
import { loadData } from "../../data/load-data.ts";
import { loadPart } from "../../data/part/load-part.ts";
import type { TrainingOptions } from "../../options.ts";
import { ownRowsOf } from "./own-rows.ts";

/** What else decides which rows a rank needs. */
export interface RankDataOptions extends Pick<Partial<TrainingOptions>, "limit"> {
  /** Reads all test rows, for a report that shows them. Default false. */
  readonly wholeTest?: boolean;
}

/**
 * `loadData` for one rank of several, as the command does it: of plain IDX files and row-major `.npy` the rows that this rank
 * trains on and judges are read, and some that all ranks look at; anything else is read whole. Which they are depends on the
 * number of ranks, whatever the shards. What it returns is for `train` with the same `ranks` and the same `limit` only.
 *
 * @param ranks as `Ranks.join` finds them; without them all rows are read
 * @throws UsageError and DataError as `loadData` does; faults in the rows of other ranks are for those to find.
 */
export async function loadRankData(
  ranks: { readonly world: World } | undefined,
  path: string | undefined,
  options: DataOptions = {},
  { limit, wholeTest = false }: RankDataOptions = {},
): Promise<TrainingData> {
  if (ranks === undefined || ranks.world.size === 1) return await loadData(path, options);
  return await loadPart(path, options, ownRowsOf(limit, ranks.world, wholeTest));
}
