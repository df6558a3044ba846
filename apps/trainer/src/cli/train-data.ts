// The data that settings name, read and split as they say.

import { DATA_RULES } from "../config/setting-rules.ts";
import type { DataSettings, Settings } from "../config/settings.ts";
import type { TrainingData } from "../data/dataset.ts";

/** @throws UsageError or DataError as loadData does. */
export async function dataFrom(settings: Settings): Promise<TrainingData> {
  // Loaded on first use: `--help` needs no readers.
  const { loadData } = await import("../data/load-data.ts");
  const { data: path, splitSeed, ...reading } = dataSettings(settings);
  return await loadData(path, { ...reading, seed: splitSeed });
}

function dataSettings(settings: Settings): DataSettings {
  const names = Object.keys(DATA_RULES) as (keyof DataSettings)[];
  return Object.fromEntries(names.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])));
}
