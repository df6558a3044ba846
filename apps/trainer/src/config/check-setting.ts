// Judges one setting, whoever gave it: a flag, a file or a program.
import { UsageError } from "../errors.ts";
import { OPTION_RULES, TRAINING_OPTIONS } from "../option-rules.ts";
import { checkOption, type Spelling } from "../options.ts";
import { DATA_RULES, RUN_RULES, type SettingRule } from "./setting-rules.ts";
import type { SettingName, Settings } from "./settings.ts";

const OWN_RULES: Readonly<Partial<Record<SettingName, SettingRule>>> = { ...DATA_RULES, ...RUN_RULES };

/** Every name, the training options first, as the help shows them. */
export const SETTING_NAMES: readonly SettingName[] = [
  ...TRAINING_OPTIONS,
  ...(Object.keys(DATA_RULES) as (keyof typeof DATA_RULES)[]),
  ...(Object.keys(RUN_RULES) as (keyof typeof RUN_RULES)[]),
];

/** The row of the table that a name stands for. */
export function ruleOf(name: SettingName): SettingRule {
  return OWN_RULES[name] ?? OPTION_RULES[name as keyof typeof OPTION_RULES];
}

/** What the command line calls a setting: `--no-header` for a header that is false. */
export function spelledFlag(name: SettingName, value: unknown): string {
  const { flag } = ruleOf(name);
  return value === false ? flag.replace("--", "--no-") : flag;
}

/** Whether any setting has this name. */
export function isSettingName(name: string): name is SettingName {
  return (SETTING_NAMES as readonly string[]).includes(name);
}

/**
 * @throws UsageError naming the setting as `spelling` says, the value, what was expected and the cure.
 */
export function checkSetting<N extends SettingName>(
  name: N,
  value: unknown,
  spelling: Spelling,
): asserts value is Settings[N] {
  if (Object.hasOwn(OPTION_RULES, name)) {
    checkOption(name as keyof typeof OPTION_RULES, value, spelling);
    return;
  }
  const expected = mismatch(value, ruleOf(name));
  if (expected === undefined) return;
  const spelled = spelling === "flag" ? ruleOf(name).flag : name;
  throw new UsageError(
    `${spelled} ${shown(value)}: expected ${expected}. It means: ${ruleOf(name).meaning}. Leave it out for the default.`,
  );
}

/** What would have been right, when the value is not. */
function mismatch(value: unknown, { values }: SettingRule): string | undefined {
  const number = typeof value === "number" && Number.isFinite(value) ? value : undefined;
  const text = typeof value === "string" && value !== "" && !value.includes("\0");
  switch (values.kind) {
    case "path":
      return text ? undefined : "a path";
    case "text":
      return text ? undefined : "a name";
    case "text or whole":
      return text || Number.isSafeInteger(value) ? undefined : "a column's name or number";
    case "switch":
      return typeof value === "boolean" ? undefined : "true or false";
    case "choice":
      return values.choices.some((choice) => choice === value) ? undefined : values.choices.join(" or ");
    case "share":
      if (number !== undefined && number < 1 && (number > 0 || (values.zero && number === 0)))
        return undefined;
      return `a share ${values.zero ? "from 0" : "above 0"} to below 1`;
    case "amount":
      return number !== undefined && number >= 0 ? undefined : "a number of 0 or more";
    case "whole":
      if (Number.isInteger(value) && Number(value) >= values.min && Number(value) <= values.max)
        return undefined;
      return `a whole number from ${values.min} to ${values.max}`;
    default:
      return undefined;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
