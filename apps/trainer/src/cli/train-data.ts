// The data of one rank of a run on several machines: its own rows, where the files allow that.
import type { RunDefaults } from "../config/setting-rules.ts";
import type { Settings } from "../config/settings.ts";
import { readingOf } from "../config/settings-data.ts";
import type { TrainingData } from "../data/dataset.ts";
import { checkAgainstData, type TrainingOptions } from "../options.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";

/** What a rank has of the data, and the fingerprint of them all, for a run that is kept. */
export interface RankData {
  readonly data: TrainingData;
  readonly fingerprint: string | undefined;
}

/**
 * As `dataFrom`, for one rank of several: its rows alone, where the files allow that. Every rank calls it.
 *
 * @throws UsageError or DataError as loadPart does.
 */
export async function rankDataFrom(
  settings: Settings & RunDefaults,
  options: TrainingOptions,
  { world }: Ranks,
): Promise<RankData> {
  const { loadPart } = await import("../data/part/load-part.ts");
  const { ownRowsOf, sharedFingerprint } = await import("../parallel/ranks/own-rows.ts");
  const { path, options: reading } = readingOf(settings);
  const reports = settings.save && world.rank === 0;
  const data = await loadPart(path, reading, ownRowsOf(options, world, reports));
  checkAgainstData(options, data, "flag");
  return { data, fingerprint: settings.save ? await sharedFingerprint(world, data, options) : undefined };
}
