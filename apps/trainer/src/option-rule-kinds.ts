// What the rule of an option says: its spelling, its meaning, and one of a few kinds of values.

/** A whole number from `min` to `max`, both allowed. */
export interface WholeRule {
  readonly kind: "whole";
  readonly min: number;
  readonly max: number;
}

/** A finite number above zero. */
export interface PositiveRule {
  readonly kind: "positive";
}

/** A finite number of 0 or more. */
export interface AmountRule {
  readonly kind: "amount";
}

/** A number below 1, and above 0 or from 0 on. */
export interface ShareRule {
  readonly kind: "share";
  readonly zero: boolean;
}

/** On or off. */
export interface SwitchRule {
  readonly kind: "switch";
}

/** One or more whole numbers from `min` to `max`: in the API also a number alone, on the command line with commas. */
export interface ListRule {
  readonly kind: "list";
  readonly min: number;
  readonly max: number;
  readonly most: number;
}

/** One of a few words or numbers. */
export interface ChoiceRule {
  readonly kind: "choice";
  readonly choices: readonly (string | number)[];
}

/** A finite number above zero, or one of a few words. */
export interface PositiveOrChoiceRule {
  readonly kind: "positive or choice";
  readonly choices: readonly string[];
}

export interface OptionRule {
  /** The command line's spelling. */
  readonly flag: string;
  /** What stands for the value in the help; nothing for a switch. */
  readonly argument: string;
  readonly meaning: string;
  readonly values:
    | WholeRule
    | PositiveRule
    | AmountRule
    | ShareRule
    | SwitchRule
    | ListRule
    | ChoiceRule
    | PositiveOrChoiceRule;
}
