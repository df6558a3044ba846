// One field of a CSV record as text or as a number.
import type { CsvRecord } from "./scan-csv.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
/** Powers of ten up to this one, and whole numbers up to 15 digits, are exact in a double, so one division rounds once. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const EXACT_DIGITS = 15;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MISSING = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);

/** The text of a field, without its quotes and without the spaces around it. */
export function fieldText(bytes: Uint8Array, { starts, ends, doubled }: CsvRecord, i: number): string {
  const text = decoder.decode(bytes.subarray(starts[i], ends[i]));
  return (doubled[i] === true ? text.replaceAll('""', '"') : text).trim();
}

/** The number written in a field, rounded as `Number` does; undefined when it is no decimal number. */
export function fieldNumber(bytes: Uint8Array, record: CsvRecord, i: number): number | undefined {
  const start = record.starts[i] ?? 0;
  const end = record.ends[i] ?? 0;
  const negative = bytes[start] === MINUS;
  let digits = 0;
  let decimals = 0;
  let whole = 0;
  let point = false;
  for (let at = negative ? start + 1 : start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= DIGIT_0 && byte <= DIGIT_9) {
      whole = whole * 10 + (byte - DIGIT_0);
      digits++;
      if (point) decimals++;
    } else if (byte === POINT && !point) point = true;
    else return numberOf(fieldText(bytes, record, i));
  }
  if (digits === 0 || digits > EXACT_DIGITS) return numberOf(fieldText(bytes, record, i));
  const value = decimals === 0 ? whole : whole / (EXACT_POWERS[decimals] ?? Number.NaN);
  return negative ? -value : value;
}

/** Decimal notation only: no 0x10, no 1_000, no 1,5; infinite when the number is too large for a double. */
export function numberOf(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined;
}

/** Empty, or one of the words that stand for nothing: NA, N/A, NaN, null, none, ? (in any case). */
export function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}
