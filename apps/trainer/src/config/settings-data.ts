// The data that settings name, read and split as they say.
import type { DataOptions } from "../data/data-options.ts";
import type { TrainingData } from "../data/dataset.ts";
import { DATA_RULES } from "./setting-rules.ts";
import type { DataSettings, Settings } from "./settings.ts";

/** @throws UsageError or DataError as loadData does. */
export async function dataFrom(settings: Settings): Promise<TrainingData> {
  // Loaded on first use: `--help` needs no readers.
  const { loadData } = await import("../data/load-data.ts");
  const { path, options } = readingOf(settings);
  return await loadData(path, options);
}

/** Where settings say that the data are, and how they are to be read. */
export interface Reading {
  readonly path: string | undefined;
  readonly options: DataOptions;
}

/** The arguments that `loadData` takes, of settings. */
export function readingOf(settings: Settings): Reading {
  const { data: path, splitSeed, ...reading } = dataSettings(settings);
  return { path, options: { ...reading, seed: splitSeed } };
}

function dataSettings(settings: Settings): DataSettings {
  const names = Object.keys(DATA_RULES) as (keyof DataSettings)[];
  return Object.fromEntries(names.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])));
}
