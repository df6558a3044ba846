// The directory of a ZIP file: what its entries are called, where they lie and how large they become.
// Layout: APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
import { DataError } from "../../errors.ts";

export interface ZipEntry {
  /** As the file has it: a name to look up, never a path to write to. */
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of the local header. */
  readonly offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;
/** What 16 and 32 bits hold when the number itself is in a ZIP64 record. */
const IN_ZIP64 = [0xffff, 0xffffffff];

/**
 * The entries by name, in the file's order.
 *
 * @throws DataError for a file that is no ZIP file, is cut short, is encrypted, or has a name twice.
 */
export function readZipDirectory(bytes: Uint8Array, file: string): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined)
    throw zipFault(
      file,
      bytes.length,
      "the end record of a ZIP file",
      "none: the file is cut short, or no ZIP",
    );
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (IN_ZIP64.includes(count) || IN_ZIP64.includes(start))
    throw zipFault(file, end, "a ZIP file of less than 4 GiB and 65,535 entries", "a ZIP64 one");
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL)
      throw zipFault(file, at, `entry ${i + 1} of ${count} of the directory`, "something else");
    const nameLength = view.getUint16(at + 28, true);
    const next =
      at + CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw zipFault(file, at, "an entry that ends before the end record", "one that does not");
    const entry = entryAt(view, at, nameLength);
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0)
      throw zipFault(file, at, "entries without encryption", `${JSON.stringify(entry.name)}, encrypted`);
    if (entries.has(entry.name))
      throw zipFault(file, at, "a name of its own for every entry", `${JSON.stringify(entry.name)} twice`);
    entries.set(entry.name, entry);
    at = next;
  }
  return entries;
}

export function zipFault(file: string, offset: number, expected: string, found: string): DataError {
  const cure = "Check that numpy.savez wrote this file, and that it is whole.";
  return new DataError({ file, offset, expected, found, cure });
}

/** The end record is the last thing in the file but for a comment, whose length it tells. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END && view.getUint16(at + 20, true) === last - at) return at;
  }
  return undefined;
}

function entryAt(view: DataView, at: number, nameLength: number): ZipEntry {
  const name = new Uint8Array(view.buffer, view.byteOffset + at + CENTRAL_SIZE, nameLength);
  return {
    name: new TextDecoder().decode(name),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  };
}
