// Reads PGM, the plainest image format: magic, width, height, the largest value, then gray values.
// Layout: https://netpbm.sourceforge.net/doc/pgm.html
import { DataError } from "../../../errors.ts";
import { type GrayImage, toGray } from "./gray-image.ts";

const HASH = 0x23;
const LF = 0x0a;
const LARGEST = 65_535;

/** Whether the bytes start as PGM does: P2 is text, P5 is bytes. */
export function isPgm(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && (bytes[1] === 0x32 || bytes[1] === 0x35) && isSpace(bytes[2]);
}

/** @throws DataError naming the file and the byte. */
export function readPgm(bytes: Uint8Array, file: string, invert: boolean): GrayImage {
  const cursor = { at: 2 };
  const next = (what: string, most: number): number => number(bytes, cursor, file, what, most);
  const width = next("the width", bytes.length);
  const height = next("the height", bytes.length);
  const most = next("the largest value", LARGEST);
  const count = width * height;
  if (count === 0 || most === 0) throw fault(file, cursor.at, "sizes and a largest value above 0", "0");
  const size = most > 255 ? 2 : 1;
  const isText = bytes[1] === 0x32;
  // One white space ends the header; of text every value takes at least a digit and a space, but the last.
  const start = cursor.at + 1;
  const needed = isText ? 2 * count - 1 : size * count;
  if (bytes.length - start < needed)
    throw fault(file, bytes.length, `${width}×${height} values`, "the end of the file");
  const data = new Uint16Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) {
    if (isText) data[i] = next("a value", most);
    else data[i] = size === 2 ? view.getUint16(start + 2 * i) : (bytes[start + i] ?? 0);
    if ((data[i] ?? 0) > most) throw fault(file, start + size * i, `values of at most ${most}`, `${data[i]}`);
  }
  return toGray({ width, height, channels: 1, most, data }, invert);
}

/** A whole number behind white space and comments; the cursor stops right behind its digits. */
function number(bytes: Uint8Array, cursor: { at: number }, file: string, what: string, most: number): number {
  let at = cursor.at;
  for (; isSpace(bytes[at]) || bytes[at] === HASH; at++) {
    if (bytes[at] === HASH) while (at < bytes.length && bytes[at] !== LF) at++;
  }
  const start = at;
  let value = 0;
  for (let digit = digitOf(bytes[at]); digit !== undefined && value <= most; digit = digitOf(bytes[++at]))
    value = value * 10 + digit;
  const found = start === at ? "something else" : `${value} or more`;
  if (start === at || value > most)
    throw fault(file, start, `${what}, a whole number of at most ${most}`, found);
  cursor.at = at;
  return value;
}

function digitOf(byte: number | undefined): number | undefined {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : undefined;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

function fault(file: string, offset: number, expected: string, found: string): DataError {
  return new DataError({ file, offset, expected, found, cure: "Save the image again as PGM or PNG." });
}
