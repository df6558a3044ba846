// The table of settings as options of a command: one row, one flag; a switch that can be turned off has two.
import { Option } from "commander";
import { checkSetting, ruleOf } from "../config/check-setting.ts";
import { DATA_RULES, RUN_RULES } from "../config/setting-rules.ts";
import type { SettingName } from "../config/settings.ts";
import type { OptionName } from "../option-rules.ts";
import { TRAINING_OPTIONS } from "../option-rules.ts";
import { defaultOptions } from "../options.ts";
import { parseChoice, parseList, parseNumber, parseNumberOrChoice, plainNumber } from "./parse-number.ts";

/** The options that a row of the table makes. */
export function settingOptions(name: SettingName): Option[] {
  const rule = ruleOf(name);
  if (rule.values.kind === "switch") {
    const on = new Option(rule.flag, rule.meaning);
    if (rule.negated === undefined) return [named(on, name)];
    const off = new Option(rule.flag.replace("--", "--no-"), rule.negated);
    // Keeping the run is what happens anyway: only the way out is worth a line of the help.
    return name === "save" ? [named(off, name)] : [named(on, name), named(off, name)];
  }
  const option = named(new Option(`${rule.flag} ${rule.argument}`, rule.meaning), name);
  option.argParser((text: string) => parseSetting(name, text));
  const value = defaultOf(name);
  if (value !== undefined) option.default(value, name === "workers" ? "one per core" : String(value));
  return [option];
}

function named(option: Option, name: SettingName): Option {
  option.attributeName = () => name;
  return option.helpGroup(groupOf(name));
}

/** The heading of the help that a setting stands under. */
function groupOf(name: SettingName): string {
  if (Object.hasOwn(DATA_RULES, name)) return "Data:";
  return Object.hasOwn(RUN_RULES, name) ? "What is kept:" : "Training:";
}

/** @throws UsageError for text that is no value of this setting. */
function parseSetting(name: SettingName, text: string): unknown {
  const { kind } = ruleOf(name).values;
  if (isTrainingOption(name) || name === "classes") return parseOption(name, text);
  const wantsNumber = kind === "whole" || kind === "share" || kind === "amount";
  const value = wantsNumber || (kind === "text or whole" && /^-?\d+$/.test(text)) ? plainNumber(text) : text;
  checkSetting(name, value, "flag");
  return value;
}

function parseOption(name: OptionName, text: string): unknown {
  const { kind } = ruleOf(name).values;
  if (kind === "list") return parseList(name, text);
  if (kind === "positive or choice") return parseNumberOrChoice(name, text);
  if (kind === "choice") return parseChoice(name, text);
  return parseNumber(name, text);
}

function defaultOf(name: SettingName): unknown {
  return isTrainingOption(name) ? defaultOptions()[name] : undefined;
}

function isTrainingOption(name: SettingName): name is (typeof TRAINING_OPTIONS)[number] {
  return (TRAINING_OPTIONS as readonly string[]).includes(name);
}
