// The element types of safetensors: how many bits each takes, and the typed array that holds it.

/** JavaScript has no array for halves and smaller floats: these come as their bits, complex numbers as pairs. */
export interface SafetensorsArrays {
  /** 0 or 1 in each byte. */
  readonly BOOL: Uint8Array;
  /** Two in a byte. */
  readonly F4: Uint8Array;
  /** Four in three bytes. */
  readonly F6_E2M3: Uint8Array;
  /** Four in three bytes. */
  readonly F6_E3M2: Uint8Array;
  readonly U8: Uint8Array;
  readonly I8: Int8Array;
  readonly F8_E5M2: Uint8Array;
  readonly F8_E4M3: Uint8Array;
  readonly F8_E8M0: Uint8Array;
  readonly I16: Int16Array;
  readonly U16: Uint16Array;
  readonly F16: Uint16Array;
  readonly BF16: Uint16Array;
  readonly I32: Int32Array;
  readonly U32: Uint32Array;
  readonly F32: Float32Array;
  /** Real and imaginary part in turn. */
  readonly C64: Float32Array;
  readonly F64: Float64Array;
  readonly I64: BigInt64Array;
  readonly U64: BigUint64Array;
}

/** An element type, by its name in the file. */
export type SafetensorsDtype = keyof SafetensorsArrays;

/** A tensor as a file holds it: row by row, the last axis fastest. */
export type SafetensorsTensor<D extends SafetensorsDtype = SafetensorsDtype> = {
  [Key in D]: {
    readonly dtype: Key;
    readonly shape: readonly number[];
    readonly data: SafetensorsArrays[Key];
  };
}[D];

type DataClass = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): SafetensorsArrays[SafetensorsDtype];
};

interface Storage {
  /** Of one element. */
  readonly bits: number;
  readonly array: DataClass;
}

/** In the order of the reference implementation, whose writer puts later types first. */
const STORAGE: ReadonlyMap<string, Storage> = new Map<SafetensorsDtype, Storage>([
  ["BOOL", { bits: 8, array: Uint8Array }],
  ["F4", { bits: 4, array: Uint8Array }],
  ["F6_E2M3", { bits: 6, array: Uint8Array }],
  ["F6_E3M2", { bits: 6, array: Uint8Array }],
  ["U8", { bits: 8, array: Uint8Array }],
  ["I8", { bits: 8, array: Int8Array }],
  ["F8_E5M2", { bits: 8, array: Uint8Array }],
  ["F8_E4M3", { bits: 8, array: Uint8Array }],
  ["F8_E8M0", { bits: 8, array: Uint8Array }],
  ["I16", { bits: 16, array: Int16Array }],
  ["U16", { bits: 16, array: Uint16Array }],
  ["F16", { bits: 16, array: Uint16Array }],
  ["BF16", { bits: 16, array: Uint16Array }],
  ["I32", { bits: 32, array: Int32Array }],
  ["U32", { bits: 32, array: Uint32Array }],
  ["F32", { bits: 32, array: Float32Array }],
  ["C64", { bits: 64, array: Float32Array }],
  ["F64", { bits: 64, array: Float64Array }],
  ["I64", { bits: 64, array: BigInt64Array }],
  ["U64", { bits: 64, array: BigUint64Array }],
]);

/** Every element type, from the smallest alignment to the largest. */
export function safetensorsDtypes(): SafetensorsDtype[] {
  return [...STORAGE.keys()] as SafetensorsDtype[];
}

/** How a type is stored, or undefined for a name that is none. */
export function storageOf(dtype: unknown): Storage | undefined {
  return typeof dtype === "string" ? STORAGE.get(dtype) : undefined;
}

export function isDtype(dtype: unknown): dtype is SafetensorsDtype {
  return typeof dtype === "string" && STORAGE.has(dtype);
}
