// The data that settings name, read and split as they say.

import type { RunDefaults } from "../config/setting-rules.ts";
import { DATA_RULES } from "../config/setting-rules.ts";
import type { DataSettings, Settings } from "../config/settings.ts";
import type { DataOptions } from "../data/data-options.ts";
import type { TrainingData } from "../data/dataset.ts";
import { checkAgainstData, type TrainingOptions } from "../options.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";

/** @throws UsageError or DataError as loadData does. */
export async function dataFrom(settings: Settings): Promise<TrainingData> {
  // Loaded on first use: `--help` needs no readers.
  const { loadData } = await import("../data/load-data.ts");
  const { path, options } = readingOf(settings);
  return await loadData(path, options);
}

/** What a rank has of the data, and the fingerprint of them all, for a run that is kept. */
export interface RankData {
  readonly data: TrainingData;
  readonly fingerprint: string | undefined;
}

/**
 * The same for one rank of several: its rows alone, where the files allow that. Every rank calls it.
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

function readingOf(settings: Settings): { readonly path: string | undefined; readonly options: DataOptions } {
  const { data: path, splitSeed, ...reading } = dataSettings(settings);
  return { path, options: { ...reading, seed: splitSeed } };
}

function dataSettings(settings: Settings): DataSettings {
  const names = Object.keys(DATA_RULES) as (keyof DataSettings)[];
  return Object.fromEntries(names.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])));
}
