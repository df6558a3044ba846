// Judges one value by its rule, and says what the rule expects.
import type { OptionRule, WholeRule } from "./option-rule-kinds.ts";

/** Whether a rule allows a value. */
export function fits(value: unknown, { values }: Pick<OptionRule, "values">): boolean {
  const number = typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
  switch (values.kind) {
    case "choice":
      return isOneOf(value, values.choices);
    case "positive or choice":
      return isOneOf(value, values.choices) || number > 0;
    case "list": {
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      const whole = { min: values.min, max: values.max, kind: "whole" } as const;
      return list.length >= 1 && list.length <= values.most && list.every((item) => isWhole(item, whole));
    }
    case "whole":
      return isWhole(value, values);
    case "switch":
      return typeof value === "boolean";
    case "share":
      return (number > 0 || (values.zero && number === 0)) && number < 1;
    case "amount":
      return number >= 0;
    case "positive":
      return number > 0;
  }
}

/** What a rule allows, for a message: "a whole number from 1 to 256". */
export function expectation({ values }: Pick<OptionRule, "values">): string {
  switch (values.kind) {
    case "choice":
      return oneOf(values.choices);
    case "positive or choice":
      return `a finite number above 0, or ${values.choices.join(" or ")}`;
    case "list":
      return `1 to ${values.most} whole numbers from ${values.min} to ${values.max}, such as 256,128`;
    case "whole":
      return `a whole number from ${values.min} to ${values.max}`;
    case "switch":
      return "true or false";
    case "share":
      return values.zero ? "a number from 0 to below 1" : "a number above 0 and below 1";
    case "amount":
      return "a finite number of 0 or more";
    case "positive":
      return "a finite number above 0";
  }
}

function isOneOf(value: unknown, choices: readonly unknown[]): boolean {
  return choices.includes(value);
}

function isWhole(value: unknown, { min, max }: WholeRule): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** `a, b or c` */
function oneOf(choices: readonly (string | number)[]): string {
  return [choices.slice(0, -1).join(", "), ...choices.slice(-1)].join(" or ");
}
