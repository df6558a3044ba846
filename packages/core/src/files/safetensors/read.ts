// Reads safetensors bytes: every rule of the format is checked before the first number is handed out.
import type { SafetensorsTensor } from "./dtypes.ts";
import { storageOf } from "./dtypes.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { MAX_HEADER_SIZE, readHeader } from "./header.ts";
import { validate } from "./validate.ts";

/** What a file holds. Maps, because any name is legal in it, `__proto__` too. */
export interface SafetensorsFile {
  /** By name, in the order of the header. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /** The free text of `__metadata__`; empty when there is none. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Options of readSafetensors. */
export interface ReadSafetensorsOptions {
  /** Refuses longer headers, in bytes. Default and largest value: the format's own limit of 100,000,000. */
  readonly maxHeaderSize?: number;
}

/**
 * The tensors of a file, given whole. Where a tensor lies at a multiple of its element's size in memory, as in every
 * file this package writes, its `data` is a view on `bytes`; else a copy. Values are not judged: NaN is legal.
 * Takes memory in proportion to the header, whatever sizes the header claims.
 * Format: https://github.com/huggingface/safetensors
 * @throws SafetensorsError that names the broken rule, the place, and what was found and expected.
 */
export function readSafetensors(bytes: Uint8Array, options: ReadSafetensorsOptions = {}): SafetensorsFile {
  const limit = Math.min(options.maxHeaderSize ?? MAX_HEADER_SIZE, MAX_HEADER_SIZE);
  const { text, dataStart } = readHeader(bytes, limit);
  const { tensors, metadata } = entriesOf(text);
  validate(tensors, bytes.length - dataStart);
  const data = bytes.subarray(dataStart);
  return { tensors: new Map(tensors.map((entry) => [entry.name, tensorOf(entry, data)])), metadata };
}

function tensorOf({ name, dtype, shape, begin, end }: Entry, data: Uint8Array): SafetensorsTensor {
  const storage = storageOf(dtype);
  if (storage === undefined) throw new TypeError(`tensor ${name}: no storage for ${dtype}`);
  const { array } = storage;
  const window = data.subarray(begin, end);
  // Not window.slice(): on a Buffer of Node that makes no copy.
  const aligned = window.byteOffset % array.BYTES_PER_ELEMENT === 0 ? window : new Uint8Array(window);
  const values = new array(aligned.buffer, aligned.byteOffset, window.length / array.BYTES_PER_ELEMENT);
  return { dtype, shape, data: values } as SafetensorsTensor;
}
