// The columns of numbers of a CSV file as one array of doubles.
import { DataError } from "../../errors.ts";
import { fieldNumber, fieldText, isMissing } from "./field.ts";
import { type CsvFile, columnTitle, eachRow } from "./open-csv.ts";
import type { CsvRecord } from "./scan-csv.ts";

const MOST_TEXT_SHOWN = 40;

/**
 * The given columns of every row: (rows × columns.length), row-major. A missing value becomes NaN when `keepMissing`.
 *
 * @throws DataError with line and column for a missing value otherwise, for text, and for a number that no double holds.
 */
export function readNumbers(
  csv: CsvFile,
  columns: readonly number[],
  keepMissing: boolean,
): Float64Array<ArrayBuffer> {
  const values = new Float64Array(csv.rows * columns.length);
  let filled = 0;
  eachRow(csv, (record, row) => {
    for (const column of columns) {
      const value = fieldNumber(csv.bytes, record, column);
      if (value !== undefined && Number.isFinite(value)) values[filled] = value;
      else if (keepMissing && isMissing(fieldText(csv.bytes, record, column))) values[filled] = Number.NaN;
      else throw notANumber(csv, record, row, column);
      filled++;
    }
  });
  return values;
}

/** The error for a field that had to be a number, or a class. */
export function fieldFault(
  csv: CsvFile,
  { line }: CsvRecord,
  row: number,
  column: number,
  fault: { readonly expected: string; readonly found: string; readonly cure: string },
): DataError {
  return new DataError({ file: csv.file, line, row, column, columnName: columnTitle(csv, column), ...fault });
}

function notANumber(csv: CsvFile, record: CsvRecord, row: number, column: number): DataError {
  const text = fieldText(csv.bytes, record, column);
  const expected = "a finite number";
  if (isMissing(text)) {
    const found = text === "" ? "an empty field" : JSON.stringify(text);
    const cure =
      "Fill it in, or choose what becomes of missing values: the column's mean (--missing mean), or no row (--missing drop).";
    return fieldFault(csv, record, row, column, { expected, found, cure });
  }
  const found = JSON.stringify(text.length > MOST_TEXT_SHOWN ? `${text.slice(0, MOST_TEXT_SHOWN)}…` : text);
  const looksInfinite = /^[+-]?(?:inf(?:inity)?|[\d.]+e[+-]?\d+)$/i.test(text);
  const cure = looksInfinite
    ? "Replace the value, or leave the row out."
    : "Every column but the label's holds numbers: write a text column as numbers, for example one column of 0 and 1 for each of its words, or take it out; another label column is chosen with --label.";
  return fieldFault(csv, record, row, column, { expected, found, cure });
}
