// Cuts CSV bytes into records and fields by RFC 4180, with the line of each record; no field becomes text here.
// Our own: loading is part of the time to a model, and the libraries make a string of every field. csv-parse 7 scans
// 12 MB of pixel values in a second of processor time, this 115 MB; papaparse 5 guesses line ends and names no lines.
import { DataError } from "../../errors.ts";

const COMMA = 0x2c;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** More columns than a net has inputs, and few enough that a file of commas alone does no harm. */
const MOST_FIELDS = 1_000_000;
/** Longer than any name or number, and short enough to become text. */
const LONGEST_FIELD = 1_000_000;

/** One record, valid until the scan goes on: the places of its fields in the bytes, without their quotes. */
export interface CsvRecord {
  /** The line it starts on, from 1. */
  readonly line: number;
  readonly length: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Whether a field was quoted and has doubled quotes inside. */
  readonly doubled: readonly boolean[];
}

type Fields = { starts: number[]; ends: number[]; doubled: boolean[] };

/**
 * Calls `visit` with every record. Lines end in LF, CR LF or CR, also mixed; the last one need not; empty lines are
 * passed over; a byte order mark is passed over; quoted fields may hold commas, line ends and doubled quotes.
 *
 * @throws DataError with the line for a quote that is not closed, or that stands inside or behind a field.
 */
export function scanCsv(bytes: Uint8Array, file: string, visit: (record: CsvRecord) => void): void {
  const record = {
    line: 1,
    length: 0,
    starts: [] as number[],
    ends: [] as number[],
    doubled: [] as boolean[],
  };
  const at = { position: startOf(bytes), line: 1 };
  while (at.position < bytes.length) {
    if (endLine(bytes, at)) continue;
    record.line = at.line;
    record.length = takeFields(bytes, at, record, file);
    endLine(bytes, at);
    visit(record);
  }
}

/** Behind the UTF-8 byte order mark, if there is one. */
function startOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

interface Cursor {
  position: number;
  line: number;
}

/** Steps over one line end, if one is here. */
function endLine(bytes: Uint8Array, at: Cursor): boolean {
  const byte = bytes[at.position];
  if (byte !== LF && byte !== CR) return false;
  at.position += byte === CR && bytes[at.position + 1] === LF ? 2 : 1;
  at.line++;
  return true;
}

/** The number of fields up to the end of the record, where the cursor stops. */
function takeFields(bytes: Uint8Array, at: Cursor, fields: Fields, file: string): number {
  const { starts, ends, doubled } = fields;
  const { length } = bytes;
  // A number of its own, not the cursor's: this loop sees every byte of every file.
  let position = at.position;
  for (let field = 0; ; field++, position++) {
    if (bytes[position] === QUOTE) {
      at.position = position;
      takeQuoted(bytes, at, fields, field, file);
      position = at.position;
    } else {
      starts[field] = position;
      doubled[field] = false;
      for (; position < length; position++) {
        const byte = bytes[position];
        if (byte === COMMA || byte === LF || byte === CR) break;
        if (byte === QUOTE)
          throw fault(file, at.line, field, "a quote inside a field that does not start with one");
      }
      ends[field] = position;
    }
    if (position - (starts[field] ?? 0) > LONGEST_FIELD || field === MOST_FIELDS)
      throw tooLong(file, at.line, field);
    if (bytes[position] === COMMA) continue;
    at.position = position;
    return field + 1;
  }
}

function takeQuoted(bytes: Uint8Array, at: Cursor, fields: Fields, field: number, file: string): void {
  const openedOn = at.line;
  let doubled = false;
  let end = at.position + 1;
  for (; ; end++) {
    const byte = bytes[end];
    if (byte === undefined) throw fault(file, openedOn, field, "a quote that nothing closes");
    if (byte === LF || (byte === CR && bytes[end + 1] !== LF)) at.line++;
    if (byte !== QUOTE) continue;
    if (bytes[end + 1] !== QUOTE) break;
    doubled = true;
    end++;
  }
  fields.starts[field] = at.position + 1;
  fields.ends[field] = end;
  fields.doubled[field] = doubled;
  at.position = end + 1;
  const next = bytes[at.position];
  if (next !== undefined && next !== COMMA && next !== LF && next !== CR)
    throw fault(file, at.line, field, "text behind a closing quote");
}

function tooLong(file: string, line: number, field: number): DataError {
  return new DataError({
    file,
    line,
    expected: `at most ${MOST_FIELDS} fields of at most ${LONGEST_FIELD} bytes in a record`,
    found: field === MOST_FIELDS ? "more fields" : `a longer one, field ${field + 1}`,
    cure: "Check that this is a CSV file, with a line for each row and every quote closed.",
  });
}

function fault(file: string, line: number, column: number, found: string): DataError {
  return new DataError({
    file,
    line,
    column,
    expected: 'a field, or a field in quotes with every quote inside doubled ("")',
    found,
    cure: "Quote the field and double the quotes inside it, as RFC 4180 says.",
  });
}
