// Words for error messages: what a value is and which shape it has.
import { ShapeError } from "../errors.ts";

/** `100×784`, `[3]` for a vector of 3, `[]` for a 0-d array. */
export function shapeText(shape: readonly number[]): string {
  return shape.length < 2 ? `[${shape.join("")}]` : shape.join("×");
}

/** What an unexpected value is, for example `an Array`, `undefined` or `a number`. */
export function kindText(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const name = typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
  return `${/^[aeio]/i.test(name) ? "an" : "a"} ${name}`;
}

/** One operand as a message names it: `x is 100×784`. */
export function isText(name: string, t: { readonly shape: readonly number[] }): string {
  return `${name} is ${shapeText(t.shape)}`;
}

/** A ShapeError for an operand of another shape than the rest of the call asks for. */
export function wrongShape(
  op: string,
  name: string,
  t: { readonly shape: readonly number[] },
  wanted: readonly number[],
  because: string,
): ShapeError {
  return new ShapeError(`${op}: ${isText(name, t)}, but must be ${shapeText(wanted)}, since ${because}.`);
}
