// Reads NPZ, NumPy's format for many arrays: a ZIP file of NPY files, each unpacked only when it is asked for.
import { crc32, inflateRawSync } from "node:zlib";
import { type Npy, readNpy } from "./read-npy.ts";
import { readZipDirectory, type ZipEntry, zipFault } from "./zip-directory.ts";

/** The arrays of a file, by the names they were saved under. */
export interface Npz {
  readonly names: readonly string[];
  /**
   * The array of a name, or undefined when there is none.
   *
   * @throws DataError when the entry is damaged or holds no numbers.
   */
  read(name: string): Npy | undefined;
}

const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
const SUFFIX = ".npy";
/** DEFLATE cannot make more than 1032 bytes of one (258 bytes from two bits), nor 0 of nothing. */
const MOST_EXPANSION = 1032;

/** @throws DataError for a file that is no ZIP file, or has a damaged directory. */
export function readNpz(bytes: Uint8Array, file: string): Npz {
  const entries = readZipDirectory(bytes, file);
  const names = [...entries.keys()].filter((name) => name.endsWith(SUFFIX));
  return {
    names: names.map((name) => name.slice(0, -SUFFIX.length)),
    read: (name) => {
      const entry = entries.get(`${name}${SUFFIX}`);
      return entry === undefined ? undefined : readNpy(unpack(bytes, entry, file), `${file}, ${entry.name}`);
    },
  };
}

function unpack(bytes: Uint8Array, entry: ZipEntry, file: string): Uint8Array {
  const { method, packed, size, crc } = entry;
  const start = contentStart(bytes, entry, file);
  const content = bytes.subarray(start, start + packed);
  const named = JSON.stringify(entry.name);
  if (method !== STORED && method !== DEFLATED)
    throw zipFault(file, entry.offset, `${named} stored or deflated`, `method ${method}`);
  if (method === STORED && size !== packed)
    throw zipFault(file, entry.offset, `${named} of ${size} bytes`, `${packed} bytes`);
  if (size > MOST_EXPANSION * packed)
    throw zipFault(file, entry.offset, `${named} of ${size} bytes`, `${packed} packed bytes, too few for it`);
  const unpacked = method === STORED ? content : inflate(content, entry, file);
  if (unpacked.length !== size)
    throw zipFault(file, start, `${named} of ${size} bytes`, `${unpacked.length} bytes`);
  if (crc32(unpacked) !== crc)
    throw zipFault(file, start, `${named} with the checksum ${hex(crc)}`, hex(crc32(unpacked)));
  return unpacked;
}

/** The local header repeats the name, and may have other extra fields than the directory. */
function contentStart(bytes: Uint8Array, { offset, packed, name }: ZipEntry, file: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL)
    throw zipFault(file, offset, `the start of ${JSON.stringify(name)}`, "something else");
  const start = offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length)
    throw zipFault(file, start, `${packed} bytes of ${JSON.stringify(name)}`, "the end of the file");
  return start;
}

function inflate(content: Uint8Array, { size, offset, name }: ZipEntry, file: string): Uint8Array {
  try {
    // One byte more than promised is enough to know that the promise was false.
    return inflateRawSync(content, { maxOutputLength: size + 1 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const fault = zipFault(file, offset, `${JSON.stringify(name)}, packed to ${size} bytes`, why);
    fault.cause = cause;
    throw fault;
  }
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}
