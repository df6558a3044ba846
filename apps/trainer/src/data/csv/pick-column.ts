// Finds a column by what a person calls it: its name, or its number.
import { DataError } from "../../errors.ts";
import type { CsvFile } from "./open-csv.ts";

/**
 * The number of a column, from 0. A text is a name first; failing that, and if it is a whole number, a number.
 * Negative numbers count from the end: −1 is the last.
 *
 * @throws DataError when the file has no such column.
 */
export function pickColumn(csv: CsvFile, wanted: string | number): number {
  const named = typeof wanted === "string" ? (csv.names?.indexOf(wanted) ?? -1) : -1;
  if (named >= 0) return named;
  const number = typeof wanted === "number" || /^-?\d+$/.test(wanted) ? Number(wanted) : Number.NaN;
  const column = number < 0 ? csv.width + number : number;
  if (Number.isInteger(column) && column >= 0 && column < csv.width) return column;
  throw new DataError({
    file: csv.file,
    expected: `a column called ${JSON.stringify(wanted)}, or of that number from 0 to ${csv.width - 1}`,
    found: csv.names === undefined ? `${csv.width} columns without names` : listed(csv.names),
    cure: "Give one of these names, or a column's number from 0; −1 is the last.",
  });
}

const MOST_NAMES_SHOWN = 12;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES_SHOWN;
  return `${names.slice(0, MOST_NAMES_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
