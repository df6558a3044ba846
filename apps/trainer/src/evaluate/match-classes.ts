// Finds a data set's classes among a model's: by name where both have names, else by number.
import { DataError } from "../errors.ts";
import { numbered } from "../model/card-of.ts";

/**
 * The model's class number of each row. A data set may have its classes in another order, or fewer of them.
 *
 * @throws DataError for a row whose class the model does not know.
 */
export function matchClasses(
  labels: ArrayLike<number>,
  names: readonly string[] | undefined,
  modelNames: readonly string[],
  file: string,
): Int32Array<ArrayBuffer> {
  const byNumber = names === undefined || isNumbered(names) || isNumbered(modelNames);
  const places = byNumber ? modelNames.map((_, k) => k) : names.map((name) => modelNames.indexOf(name));
  return Int32Array.from(labels, (label, row) => {
    const place = places[label];
    if (place !== undefined && place >= 0) return place;
    throw new DataError({
      file,
      row,
      expected: `a class of the model: ${listed(modelNames)}`,
      found: byNumber ? `class ${label}` : (names[label] ?? `class ${label}`),
      cure: "Take the row out, or use a model that knows its class.",
    });
  });
}

/** "0", "1", "2" …: the names of classes that have none. */
function isNumbered(names: readonly string[]): boolean {
  const numbers = numbered(names.length);
  return names.every((name, k) => name === numbers[k]);
}

const MOST_NAMES = 12;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
