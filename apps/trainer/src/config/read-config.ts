// A configuration file: JSON, every key and every value judged before anything happens.
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { checkSetting, isSettingName, ruleOf, SETTING_NAMES } from "./check-setting.ts";
import { closest } from "./closest.ts";
import type { Settings } from "./settings.ts";

/** Keys that are allowed and change nothing: a schema for the editor, and what a run folder's file says beside. */
const NOTES: readonly string[] = ["$schema", "versions"];
/** No configuration is longer; a data file given by mistake is. */
const MOST_BYTES = 1_000_000;

/**
 * The settings of a file; paths in it count from its own folder.
 *
 * @throws UsageError naming the file, the key, what was found and what was expected.
 */
export async function readConfig(path: string): Promise<Settings> {
  return parseConfig(await textOf(path), path);
}

/** As `readConfig`, for a text that was read already from `path`. */
export function parseConfig(text: string, path: string): Settings {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path}: is not JSON: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(`${path}: expected an object such as { "epochs": 5 }`);
  }
  const settings: [string, unknown][] = [];
  // Entries, not assignments by key: a key of __proto__ stays a text.
  for (const [key, value] of Object.entries(parsed)) {
    if (NOTES.includes(key)) continue;
    if (!isSettingName(key)) throw unknownKey(path, key);
    settings.push([key, checkedValue(path, key, value)]);
  }
  return Object.fromEntries(settings);
}

function checkedValue(path: string, key: keyof Settings, value: unknown): unknown {
  try {
    checkSetting(key, value, "property");
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${path}: ${error.message}`, { cause: error.cause });
  }
  return ruleOf(key).values.kind === "path" ? resolve(dirname(path), String(value)) : value;
}

function unknownKey(path: string, key: string): UsageError {
  const flags = new Map(SETTING_NAMES.map((name) => [ruleOf(name).flag.slice(2), name]));
  const guess = flags.get(key) ?? closest(key, SETTING_NAMES);
  const known = `The keys are ${SETTING_NAMES.join(", ")}.`;
  const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
  return new UsageError(
    `${path}: unknown key ${shown}. ${guess === undefined ? known : `Did you mean ${guess}?`}`,
  );
}

async function textOf(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new Error(`${size} bytes are too many for a configuration`);
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new UsageError(`${path}: cannot be read as a configuration: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause && cause.code === "ENOENT" ? "there is no such file." : cause.message;
}
