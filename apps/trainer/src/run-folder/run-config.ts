// config.json of a run: everything that was resolved, as a configuration file that repeats the run.
import { join, resolve } from "node:path";
import { writeDurably } from "../checkpoint/write-durably.ts";
import { isSettingName, ruleOf } from "../config/check-setting.ts";
import { readConfig } from "../config/read-config.ts";
import type { Settings } from "../config/settings.ts";
import { CONFIG_FILE } from "./run-files.ts";

/** Who wrote it; for people, and changes nothing. */
export interface Versions {
  readonly gradloom: string;
  readonly node: string;
}

/**
 * The text of a configuration file: a key a line, what is undefined left out, paths in full, so that it says the same
 * wherever it is put.
 */
export function configText(settings: Settings, versions?: Versions): string {
  const entries = Object.entries(settings).map(([name, value]) => {
    const path = isSettingName(name) && ruleOf(name).values.kind === "path" && typeof value === "string";
    return [name, path ? resolve(value) : value] as const;
  });
  return `${JSON.stringify({ ...Object.fromEntries(entries), ...(versions && { versions }) }, null, 2)}\n`;
}

/**
 * Without the folder's own name and place: they are where the file is.
 *
 * @throws CheckpointError when it cannot be written.
 */
export async function writeRunConfig(folder: string, settings: Settings, versions: Versions): Promise<void> {
  const { name: _, out: __, save: ___, ...kept } = settings;
  await writeDurably(join(folder, CONFIG_FILE), Buffer.from(configText(kept, versions)));
}

/** @throws UsageError when there is none, or when it is no configuration. */
export async function readRunConfig(folder: string): Promise<Settings> {
  return await readConfig(join(folder, CONFIG_FILE));
}
