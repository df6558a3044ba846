// A CSV file before its numbers are read: UTF-8 is sure, every record has as many fields, the header is known.
import { isUtf8 } from "node:buffer";
import { DataError } from "../../errors.ts";
import { fieldText, isMissing, numberOf } from "./field.ts";
import { type CsvRecord, scanCsv } from "./scan-csv.ts";

/** A CSV file that is whole, by its shape. */
export interface CsvFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Fields of every record. */
  readonly width: number;
  /** Records without the header. */
  readonly rows: number;
  /** What the header calls the columns; an empty name becomes "column 3", counted from 1. */
  readonly names?: readonly string[];
}

/**
 * Scans the file once. Without `header`, the first record is a header when none of its fields is a number; so a file
 * whose header names are numbers, or whose columns are all text, needs to be told.
 *
 * @throws DataError for text that is not UTF-8, no record, a record of another length, a name that comes twice.
 */
export function openCsv(bytes: Uint8Array, file: string, header?: boolean | undefined): CsvFile {
  if (!isUtf8(bytes)) throw notUtf8(file);
  let width = 0;
  let records = 0;
  let first: readonly string[] = [];
  scanCsv(bytes, file, (record) => {
    if (records++ === 0) {
      width = record.length;
      first = Array.from({ length: width }, (_, i) => fieldText(bytes, record, i));
    }
    if (record.length !== width) throw ragged(file, record, records - 1, width);
  });
  if (records === 0) throw empty(file, "an empty file");
  const named = header ?? first.every((text) => numberOf(text) === undefined);
  if (named && records === 1) throw empty(file, "a header and nothing else");
  const names = named ? namesOf(file, first) : undefined;
  return { file, bytes, width, rows: records - (named ? 1 : 0), ...(names === undefined ? {} : { names }) };
}

/** Calls `visit` with every record but the header; `row` counts from 0. */
export function eachRow(csv: CsvFile, visit: (record: CsvRecord, row: number) => void): void {
  let row = csv.names === undefined ? 0 : -1;
  scanCsv(csv.bytes, csv.file, (record) => {
    if (row >= 0) visit(record, row);
    row++;
  });
}

/** "petal width", or "column 3", counted from 1, in a file without a header. */
export function columnTitle(csv: Pick<CsvFile, "names">, column: number): string {
  return csv.names?.[column] ?? `column ${column + 1}`;
}

function namesOf(file: string, first: readonly string[]): readonly string[] {
  const names = first.map((name, column) => (name === "" ? `column ${column + 1}` : name));
  const placeOf = new Map<string, number>();
  const column = names.findIndex((name, i) => {
    if (placeOf.has(name)) return true;
    placeOf.set(name, i);
    return false;
  });
  if (column < 0) return names;
  const name = names[column] ?? "";
  throw new DataError({
    file,
    line: 1,
    column,
    expected: "a name of its own for every column",
    found: `${JSON.stringify(name)} also as the name of column ${placeOf.get(name)}`,
    cure:
      isMissing(name) || numberOf(name) !== undefined
        ? "If this is no header, say so."
        : "Rename one of them.",
  });
}

function ragged(file: string, { line, length }: CsvRecord, record: number, width: number): DataError {
  return new DataError({
    file,
    line,
    row: record,
    expected: `${width} fields, as in the first record`,
    found: String(length),
    cure:
      width === 1
        ? "Separate fields by commas, and quote fields that hold a comma."
        : "Add or remove fields; quote a field that holds a comma.",
  });
}

function empty(file: string, found: string): DataError {
  return new DataError({ file, expected: "at least one record of data", found, cure: "Check the file." });
}

function notUtf8(file: string): DataError {
  return new DataError({
    file,
    expected: "text in UTF-8",
    found: "bytes that are not UTF-8",
    cure: "Save the file again as UTF-8; if it is packed or binary, give the CSV file itself.",
  });
}
