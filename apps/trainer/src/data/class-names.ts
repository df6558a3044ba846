// The order of classes that are known by their names: the same for the same names, whatever order they come in.
import { numberOf } from "./csv/field.ts";

/** Names in the order of their class numbers, and the class number of each name that was given. */
export interface ClassOrder {
  readonly names: readonly string[];
  readonly classOf: ReadonlyMap<string, number>;
}

/**
 * Names that are all numbers are ordered by value, and two spellings of one number are one class ("1" and "1.0" are
 * "1"); any other names by their UTF-16 code units, as JavaScript's `sort` does.
 */
export function orderClasses(given: Iterable<string>): ClassOrder {
  const texts = [...new Set(given)];
  const numbers = texts.map(numberOf);
  const numeric = numbers.every((number) => number !== undefined && Number.isFinite(number));
  const nameOf = (text: string): string => (numeric ? String(Number(text) + 0) : text);
  const names = [...new Set(texts.map(nameOf))];
  if (numeric) names.sort((a, b) => Number(a) - Number(b));
  else names.sort();
  const place = new Map(names.map((name, i) => [name, i]));
  return { names, classOf: new Map(texts.map((text) => [text, place.get(nameOf(text)) ?? 0])) };
}
