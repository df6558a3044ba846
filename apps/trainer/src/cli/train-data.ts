// The data of one rank of a run on several machines: its own rows, where the files allow that.
import { readingOf } from "../config/settings-data.ts";
import type { TrainingData } from "../data/dataset.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";
import type { TrainRequest } from "./train-flags.ts";

/**
 * As `dataFrom`, for one rank of several: its rows alone, where the files allow that. Which they are does not depend on the
 * batch.
 *
 * @throws UsageError or DataError as loadRankData does.
 */
export async function rankDataFrom(
  { settings, options }: TrainRequest,
  { world }: Ranks,
): Promise<TrainingData> {
  const { loadRankData } = await import("../parallel/ranks/load-rank-data.ts");
  const { path, options: reading } = readingOf(settings);
  return await loadRankData({ world }, path, reading, {
    limit: options.limit,
    wholeTest: settings.save && world.rank === 0,
  });
}

/** The fingerprint of all ranks' data, for a run that is kept. Every rank calls it. */
export async function rankFingerprint(
  { settings, options }: TrainRequest,
  data: TrainingData,
  { world }: Ranks,
): Promise<string | undefined> {
  const { sharedFingerprint } = await import("../parallel/ranks/own-rows.ts");
  return settings.save ? await sharedFingerprint(world, data, options) : undefined;
}
