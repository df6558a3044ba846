// Reads IDX, the format of MNIST: two zero bytes, a type, a rank, the sizes, then the values, all big-endian.
// Layout: http://yann.lecun.com/exdb/mnist/ ("the IDX file format").
import { DataError } from "../errors.ts";

export type IdxArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
export type IdxDtype = "uint8" | "int8" | "int16" | "int32" | "float32" | "float64";

/** The content of one IDX file. */
export interface Idx {
  /** Where it came from, for messages. */
  readonly file: string;
  readonly dtype: IdxDtype;
  /** At least one size; sizes may be 0. */
  readonly shape: readonly number[];
  /** Row-major. For uint8 a view of the file's bytes, otherwise decoded. */
  readonly data: IdxArray;
}

interface ElementType {
  readonly dtype: IdxDtype;
  readonly bytes: number;
}

const TYPES: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  [0x08, { dtype: "uint8", bytes: 1 }],
  [0x09, { dtype: "int8", bytes: 1 }],
  [0x0b, { dtype: "int16", bytes: 2 }],
  [0x0c, { dtype: "int32", bytes: 4 }],
  [0x0d, { dtype: "float32", bytes: 4 }],
  [0x0e, { dtype: "float64", bytes: 8 }],
]);

const MAGIC_BYTES = 4;
const SIZE_BYTES = 4;

/** What an IDX file promises in its first bytes. */
export interface IdxHeader {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Where the values start. */
  readonly start: number;
  /** Bytes of the whole file. */
  readonly length: number;
}

/**
 * Reads the header alone, from the whole file or from its beginning.
 *
 * @throws DataError naming the file and the byte.
 */
export function readIdxHeader(bytes: Uint8Array, file: string): IdxHeader {
  const type = readType(bytes, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = readShape(bytes, view, file);
  const start = MAGIC_BYTES + SIZE_BYTES * shape.length;
  return { type, shape, start, length: start + product(shape) * type.bytes };
}

/**
 * Parses a whole IDX file. Strict: the length must be exactly what the header announces, and nothing is
 * allocated before that is known, so a hostile header costs nothing.
 *
 * @throws DataError naming the file and the byte.
 */
export function parseIdx(bytes: Uint8Array, file: string): Idx {
  const { type, shape, start, length } = readIdxHeader(bytes, file);
  if (bytes.length !== length) {
    const short = bytes.length < length;
    throw new DataError({
      file,
      offset: short ? bytes.length : length,
      expected: `${length} bytes in all (a header of ${start}, then ${shape.join("×")} values of ${type.dtype})`,
      found: `${bytes.length} bytes`,
      cure: short
        ? "The file is cut short: fetch it again."
        : "Something follows the values: fetch the file again.",
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { file, dtype: type.dtype, shape, data: decode(bytes, view, start, product(shape), type.dtype) };
}

function readType(bytes: Uint8Array, file: string): ElementType {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const cure = "Unpack the file first, for example with gunzip.";
    throw new DataError({ file, offset: 0, expected: "an IDX file (00 00)", found: "gzip (1f 8b)", cure });
  }
  const needed = bytes.subarray(0, MAGIC_BYTES);
  const type = TYPES.get(bytes[2] ?? 0);
  const rank = bytes[3] ?? 0;
  if (needed.length === MAGIC_BYTES && bytes[0] === 0 && bytes[1] === 0 && type !== undefined && rank > 0)
    return type;
  throw new DataError({
    file,
    offset: wrongMagicByte(bytes),
    expected: "the start of an IDX file: 00 00, a type (08 09 0b 0c 0d 0e) and a rank of at least 01",
    found: needed.length === 0 ? "an empty file" : hex(needed),
    cure: "Check that this is an IDX file and that it is whole.",
  });
}

function wrongMagicByte(bytes: Uint8Array): number {
  if (bytes.length < MAGIC_BYTES) return bytes.length;
  if (bytes[0] !== 0) return 0;
  if (bytes[1] !== 0) return 1;
  return TYPES.has(bytes[2] ?? 0) ? 3 : 2;
}

function readShape(bytes: Uint8Array, view: DataView, file: string): readonly number[] {
  const rank = view.getUint8(3);
  const end = MAGIC_BYTES + SIZE_BYTES * rank;
  if (bytes.length < end) {
    throw new DataError({
      file,
      offset: bytes.length,
      expected: `${rank} sizes of 4 bytes, up to byte ${end}`,
      found: "the end of the file",
      cure: "The file is cut short: fetch it again.",
    });
  }
  return Array.from({ length: rank }, (_, axis) => view.getUint32(MAGIC_BYTES + SIZE_BYTES * axis));
}

// Exact below 2^53; above, any rounded product is still longer than every real file. The test for 0 comes first
// because 0 · Infinity is not a number.
function product(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((all, size) => all * size, 1);
}

/** The values of some rows, of their bytes alone. */
export function idxValues(bytes: Uint8Array, { type }: Pick<IdxHeader, "type">): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return decode(bytes, view, 0, bytes.length / type.bytes, type.dtype);
}

function decode(bytes: Uint8Array, view: DataView, start: number, count: number, dtype: IdxDtype): IdxArray {
  switch (dtype) {
    case "uint8":
      return new Uint8Array(bytes.buffer, bytes.byteOffset + start, count);
    case "int8":
      return new Int8Array(bytes.buffer, bytes.byteOffset + start, count);
    case "int16":
      return fill(new Int16Array(count), (i) => view.getInt16(start + 2 * i));
    case "int32":
      return fill(new Int32Array(count), (i) => view.getInt32(start + 4 * i));
    case "float32":
      return fill(new Float32Array(count), (i) => view.getFloat32(start + 4 * i));
    case "float64":
      return fill(new Float64Array(count), (i) => view.getFloat64(start + 8 * i));
  }
}

function fill<T extends IdxArray>(array: T, value: (i: number) => number): T {
  for (let i = 0; i < array.length; i++) array[i] = value(i);
  return array;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
