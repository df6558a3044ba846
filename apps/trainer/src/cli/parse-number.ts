// Turns the text of an option into a number, strictly: all of the text is the number, or it is an error.

import { OPTION_RULES, type OptionName } from "../option-rules.ts";
import { badOption, checkOption } from "../options.ts";

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The value of a numeric option.
 *
 * @throws UsageError for text that is not a number ("3x", "", "0x10") or a number out of range ("1e999", "-1").
 */
export function parseNumber(name: OptionName, text: string): number {
  const pattern = OPTION_RULES[name].values.kind === "whole" ? WHOLE : DECIMAL;
  if (!pattern.test(text)) throw badOption(name, text, "flag");
  const value = Number(text);
  // "1e999" is Infinity by now: show what was written instead.
  if (!Number.isFinite(value)) throw badOption(name, text, "flag");
  checkOption(name, value, "flag");
  return value;
}

/**
 * The value of an option that takes a number or one of a few words.
 *
 * @throws UsageError for anything else.
 */
export function parseNumberOrChoice(name: OptionName, text: string): number | string {
  if (DECIMAL.test(text)) return parseNumber(name, text);
  return parseChoice(name, text);
}

/**
 * The value of an option that takes whole numbers with commas between them.
 *
 * @throws UsageError for anything else, or a number out of range.
 */
export function parseList(name: OptionName, text: string): readonly number[] {
  const items = text.split(",").map((item) => item.trim());
  if (!items.every((item) => WHOLE.test(item))) throw badOption(name, text, "flag");
  const values = items.map(Number);
  checkOption(name, values, "flag");
  return values;
}

/**
 * The value of an option that takes one of a few words or numbers.
 *
 * @throws UsageError for any other.
 */
export function parseChoice(name: OptionName, text: string): string | number {
  const { values } = OPTION_RULES[name];
  const value = values.kind === "choice" ? values.choices.find((choice) => String(choice) === text) : text;
  if (value === undefined) throw badOption(name, text, "flag");
  checkOption(name, value, "flag");
  return value;
}

/** The number that a text is, all of it; the text itself when it is none, for a check that will name it. */
export function plainNumber(text: string): number | string {
  return DECIMAL.test(text) ? Number(text) : text;
}
