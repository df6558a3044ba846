// Writes NPZ, NumPy's format for many arrays: a ZIP file of NPY files, stored without compression.
// ZIP layout: APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
import { crc32 } from "node:zlib";
import { type NpyArray, npyBytes } from "./write-npy.ts";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1 January 1980, the first day a ZIP file can name: the same arrays give the same bytes on any day. */
const DATE = 0x0021;
/** Sizes and offsets are 32 bits wide. */
const MOST_BYTES = 0xffffffff;

interface Entry {
  readonly name: Uint8Array;
  readonly content: Uint8Array;
  readonly crc: number;
  readonly offset: number;
}

/**
 * The bytes of a .npz file that `numpy.load(…, allow_pickle=False)` reads, with the arrays under their names.
 *
 * @throws RangeError for a name that comes twice, a shape that does not fit, or more than 4 GiB.
 */
export function npzBytes(
  arrays: Iterable<readonly [name: string, array: NpyArray]>,
): Uint8Array<ArrayBuffer> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const [key, array] of arrays) {
    if (names.has(key)) throw new RangeError(`npzBytes: two arrays are called ${JSON.stringify(key)}`);
    names.add(key);
    const name = new TextEncoder().encode(`${key}.npy`);
    const content = npyBytes(array);
    entries.push({ name, content, crc: crc32(content), offset });
    offset += LOCAL_SIZE + name.length + content.length;
  }
  const directory = entries.reduce((bytes, { name }) => bytes + CENTRAL_SIZE + name.length, 0);
  const total = offset + directory + END_SIZE;
  if (total > MOST_BYTES || entries.length > 0xfffe)
    throw new RangeError("npzBytes: more than a ZIP file holds");
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let at = offset;
  for (const entry of entries) {
    writeLocal(view, entry);
    bytes.set(entry.name, entry.offset + LOCAL_SIZE);
    bytes.set(entry.content, entry.offset + LOCAL_SIZE + entry.name.length);
    writeCentral(view, at, entry);
    bytes.set(entry.name, at + CENTRAL_SIZE);
    at += CENTRAL_SIZE + entry.name.length;
  }
  view.setUint32(at, END, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, directory, true);
  view.setUint32(at + 16, offset, true);
  return bytes;
}

function writeLocal(view: DataView, entry: Entry): void {
  view.setUint32(entry.offset, LOCAL, true);
  view.setUint16(entry.offset + 4, VERSION, true);
  writeShared(view, entry.offset + 6, entry);
}

function writeCentral(view: DataView, at: number, entry: Entry): void {
  view.setUint32(at, CENTRAL, true);
  view.setUint16(at + 4, VERSION, true);
  view.setUint16(at + 6, VERSION, true);
  writeShared(view, at + 8, entry);
  view.setUint32(at + 42, entry.offset, true);
}

/** The fields that both headers have in one order: flags, method 0 (stored), time, date, CRC-32, sizes, name length. */
function writeShared(view: DataView, at: number, { name, content, crc }: Entry): void {
  view.setUint16(at, UTF8_NAMES, true);
  view.setUint16(at + 6, DATE, true);
  view.setUint32(at + 8, crc, true);
  view.setUint32(at + 12, content.length, true);
  view.setUint32(at + 16, content.length, true);
  view.setUint16(at + 20, name.length, true);
}
