// The settings of a run that goes on: its own, with what may change changed, and what may not defended.
import { UsageError } from "../errors.ts";
import { spelledFlag } from "./check-setting.ts";
import { keepsItsSchedule, sparseDecides } from "./run-identity.ts";
import type { SettingName, Settings } from "./settings.ts";

/** How a run is done and what is kept of it. Data may have moved: their fingerprint tells whether they are the same. */
const MAY_CHANGE: readonly SettingName[] = [
  "workers",
  "restarts",
  "timeLimit",
  "overlap",
  "peerTimeout",
  "epochs",
  "data",
  "labels",
  "keep",
  "checkpointEvery",
  "tensorboard",
];
/** Where the run is, is settled. */
const SETTLED: readonly SettingName[] = ["name", "out", "save"];

/**
 * `saved` as the run's config.json has it, `given` as the command line does; undefined counts as not given.
 *
 * @throws UsageError naming every option that contradicts the run.
 */
export function resumedSettings(saved: Settings, given: Settings): Settings {
  const all = Object.entries(given) as [SettingName, unknown][];
  const told = all.filter(([, value]) => value !== undefined);
  const settled = told.filter(([name]) => SETTLED.includes(name));
  if (settled.length > 0) {
    const flags = settled.map(([name]) => spelledFlag(name, given[name])).join(" and ");
    throw new UsageError(`${flags} beside --resume: the run stays in its folder. Leave it out.`);
  }
  const mayChange = sparseDecides(saved) ? MAY_CHANGE : [...MAY_CHANGE, "sparse"];
  const differing = told.filter(([name, value]) => !mayChange.includes(name) && !same(saved[name], value));
  if (differing.length > 0) {
    const parts = differing.map(
      ([name, value]) => `${asWritten(name, value)} (the run has ${shown(saved[name])})`,
    );
    throw new UsageError(
      `${parts.join(" and ")}: decides the weights, so a run cannot go on with another one. Leave it out, or begin a new run.`,
    );
  }
  requireSameSchedule(saved, given);
  return { ...saved, ...Object.fromEntries(told) };
}

function requireSameSchedule(saved: Settings, { epochs }: Settings): void {
  if (epochs === undefined || epochs === saved.epochs || keepsItsSchedule(saved)) return;
  throw new UsageError(
    `--epochs ${epochs}: the run's learning rate was planned for ${saved.epochs} epochs, so another number would have changed it from the start. Leave it out, or begin a new run.`,
  );
}

/** A number stands for a list of one. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify([a].flat()) === JSON.stringify([b].flat());
}

/** `--seed 4`, `--no-header`. */
function asWritten(name: SettingName, value: unknown): string {
  const flag = spelledFlag(name, value);
  return typeof value === "boolean" ? flag : `${flag} ${shown(value)}`;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "none");
}
