// The element types of NPY files, and their bytes as typed arrays.

/** By NumPy's names. */
export type NpyDtype =
  | "bool"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float16"
  | "float32"
  | "float64";

/** What the numbers are handed out as. */
export type NpyValues =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

export interface NpyElement {
  readonly name: NpyDtype;
  readonly bytes: number;
  readonly bigEndian: boolean;
}

type ArrayClass = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => NpyValues;

const KINDS: ReadonlyMap<string, NpyDtype> = new Map([
  ["b1", "bool"],
  ["i1", "int8"],
  ["u1", "uint8"],
  ["i2", "int16"],
  ["u2", "uint16"],
  ["i4", "int32"],
  ["u4", "uint32"],
  ["i8", "int64"],
  ["u8", "uint64"],
  ["f2", "float16"],
  ["f4", "float32"],
  ["f8", "float64"],
]);

const ARRAYS: Readonly<Record<Exclude<NpyDtype, "float16">, ArrayClass>> = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** The type of a `descr` such as "<f4", or undefined for one that is no number. */
export function npyDtype(descr: string): NpyElement | undefined {
  const name = KINDS.get(descr.slice(1));
  const order = descr[0] ?? "";
  if (name === undefined || !"<>|=".includes(order)) return undefined;
  return { name, bytes: Number(descr[2]), bigEndian: order === ">" };
}

/** A view of the bytes where order and alignment allow, else a copy. */
export function decodeElements(bytes: Uint8Array, { name, bytes: size, bigEndian }: NpyElement): NpyValues {
  const aligned = bytes.byteOffset % size === 0 && !(bigEndian && size > 1);
  const own = aligned ? bytes : new Uint8Array(bytes);
  if (bigEndian && size > 1) reverseEach(own, size);
  const count = own.length / size;
  if (name === "float16") {
    const halves = new Uint16Array(own.buffer, own.byteOffset, count);
    return Float32Array.from(halves, floatOfHalf);
  }
  const values = new ARRAYS[name](own.buffer, own.byteOffset, count);
  return name === "bool" ? Uint8Array.from(own, (byte) => (byte === 0 ? 0 : 1)) : values;
}

function reverseEach(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
function floatOfHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
