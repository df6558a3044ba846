// Judges the numbers that an optimizer is made with. Each message names the number, its value and what would do.
import { ValueError } from "../errors.ts";

/** value, if it is a finite number above 0. @throws ValueError */
export function positive(name: string, value: number, example: string): number {
  if (value > 0 && value < Infinity) return value;
  throw new ValueError(`${name} is ${value}; a finite number above 0 is needed, such as ${example}`);
}

/** value, if it is a finite number of 0 or more. @throws ValueError */
export function atLeastZero(name: string, value: number, example: string): number {
  if (value >= 0 && value < Infinity) return value;
  throw new ValueError(`${name} is ${value}; a finite number of 0 or more is needed, such as ${example}`);
}

/** value, if it is a share of what is kept: 0 ≤ value < 1. @throws ValueError */
export function share(name: string, value: number, example: string): number {
  if (value >= 0 && value < 1) return value;
  throw new ValueError(`${name} is ${value}; a number from 0 to just below 1 is needed, such as ${example}`);
}

/** value, if it is a whole number of at least 1. @throws ValueError */
export function wholeFromOne(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new ValueError(`${name} is ${value}; a whole number of at least 1 is needed`);
}
