// Writes NPY, NumPy's format for one array: magic, version 1.0, a header that is a Python dict, then the numbers.
// Layout: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

/** Arrays that NPY files hold. */
export type NpyData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** An array to write: row-major, the last axis fastest. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: NpyData;
}

const ALIGNMENT = 64;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const HEADER_LENGTH_BYTES = 2;

/**
 * The bytes of a .npy file that `numpy.load(…, allow_pickle=False)` reads: little-endian, C order.
 *
 * @throws RangeError when the shape does not count the data's elements.
 */
export function npyBytes({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((all, size) => all * size, 1);
  if (count !== data.length || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new RangeError(`npyBytes: the shape ${shape.join("×")} does not fit ${data.length} values`);
  }
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr(data)}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const before = MAGIC.length + HEADER_LENGTH_BYTES;
  // The text ends in a newline, and spaces before it put the numbers at a multiple of 64 bytes.
  const start = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + data.byteLength);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, start - before, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - before - 1)}\n`), before);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}

function descr(data: NpyData): string {
  const size = data.BYTES_PER_ELEMENT;
  return `${size === 1 ? "|" : "<"}${kind(data)}${size}`;
}

function kind(data: NpyData): "f" | "i" | "u" {
  if (data instanceof Float32Array || data instanceof Float64Array) return "f";
  const signed =
    data instanceof Int8Array ||
    data instanceof Int16Array ||
    data instanceof Int32Array ||
    data instanceof BigInt64Array;
  return signed ? "i" : "u";
}
