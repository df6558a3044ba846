// Writes safetensors bytes: larger element types first, then by name, the data at a multiple of 8 bytes.
import { encodeUtf8, isWellFormed } from "../utf8.ts";
import { type SafetensorsTensor, safetensorsDtypes, storageOf } from "./dtypes.ts";
import { METADATA } from "./entries.ts";
import { quoted, SafetensorsError, type SafetensorsRule } from "./error.ts";
import { LENGTH_BYTES, MAX_HEADER_SIZE } from "./header.ts";
import { byteLengthOf } from "./validate.ts";

type Named = readonly [name: string, tensor: SafetensorsTensor];

/**
 * The bytes of a file that holds these tensors, copied. The same tensors give the same bytes, in whatever order they
 * come; metadata keeps its order. `Object.entries(…)` and a `Map` are both what the arguments ask for.
 * @throws SafetensorsError for a name that comes twice, is reserved or is no text; for data whose class or length does
 * not fit its dtype and shape; for metadata that is not text; for a header above the format's limit.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: SafetensorsTensor]>,
  metadata: Iterable<readonly [key: string, text: string]> = [],
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(inFileOrder);
  const header = encodeHeader(sorted, [...metadata]);
  const dataStart = LENGTH_BYTES + header.length;
  const dataLength = sorted.reduce((length, [, { data }]) => length + data.byteLength, 0);
  const bytes = new Uint8Array(dataStart + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  let position = dataStart;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/** The order of the reference implementation: by element type, larger ones first, then by the name's UTF-8 bytes. */
function inFileOrder([nameA, a]: Named, [nameB, b]: Named): number {
  const dtypes = safetensorsDtypes();
  return (
    dtypes.indexOf(b.dtype) - dtypes.indexOf(a.dtype) || compareBytes(encodeUtf8(nameA), encodeUtf8(nameB))
  );
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const i = a.findIndex((byte, at) => byte !== b[at]);
  return i === -1 ? a.length - b.length : (a[i] ?? 0) - (b[i] ?? -1);
}

function encodeHeader(
  sorted: readonly Named[],
  metadata: readonly (readonly [string, string])[],
): Uint8Array {
  const fields: string[] = [];
  if (metadata.length > 0) fields.push(field(METADATA, metadataText(metadata)));
  const names = new Set<string>();
  let begin = 0;
  for (const [name, tensor] of sorted) {
    requireName(name, names);
    const end = begin + requireData(name, tensor);
    const { dtype, shape } = tensor;
    fields.push(field(name, JSON.stringify({ dtype, shape, data_offsets: [begin, end] })));
    begin = end;
  }
  const text = encodeUtf8(`{${fields.join(",")}}`);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  if (padded.length > MAX_HEADER_SIZE) {
    throw broken("HeaderTooLarge", "the header", `${padded.length} bytes`, `at most ${MAX_HEADER_SIZE}`);
  }
  padded.set(text);
  return padded;
}

function field(name: string, json: string): string {
  return `${JSON.stringify(name)}:${json}`;
}

function metadataText(metadata: readonly (readonly [string, string])[]): string {
  const keys = new Set<string>();
  const fields = metadata.map(([key, text]) => {
    if (keys.has(key)) throw broken("InvalidMetadata", METADATA, `${quoted(key)} twice`, "each key once");
    keys.add(key);
    if (typeof text !== "string" || !isWellFormed(key) || !isWellFormed(text)) {
      throw broken("InvalidMetadata", METADATA, `${quoted(text)} for ${quoted(key)}`, "text");
    }
    return field(key, JSON.stringify(text));
  });
  return `{${fields.join(",")}}`;
}

function requireName(name: string, names: Set<string>): void {
  const where = `tensor ${quoted(name)}`;
  if (name === METADATA) throw broken("InvalidName", where, "the name of the metadata", "any other name");
  if (!isWellFormed(name)) throw broken("InvalidName", where, "half a surrogate pair", "whole characters");
  if (names.has(name)) throw broken("DuplicateName", where, "two tensors of this name", "each name once");
  names.add(name);
}

/** The data's length in bytes. */
function requireData(name: string, { dtype, shape, data }: SafetensorsTensor): number {
  const where = `tensor ${quoted(name)}`;
  const storage = storageOf(dtype);
  if (storage === undefined || !(data instanceof storage.array)) {
    const expected = storage === undefined ? "a dtype of the format" : `a ${storage.array.name}`;
    throw broken(
      "InvalidTensorView",
      where,
      `dtype ${quoted(dtype)} and a ${data.constructor.name}`,
      expected,
    );
  }
  if (!shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0)) {
    throw broken("InvalidTensorView", where, `shape ${quoted(shape)}`, "whole numbers of 0 or more");
  }
  const length = byteLengthOf(dtype, shape, where);
  if (length !== data.byteLength) {
    throw broken(
      "InvalidTensorView",
      where,
      `${data.byteLength} bytes`,
      `${length} for shape ${quoted(shape)}`,
    );
  }
  return length;
}

function broken(rule: SafetensorsRule, where: string, found: string, expected: string): SafetensorsError {
  return new SafetensorsError({ rule, where, found, expected });
}
