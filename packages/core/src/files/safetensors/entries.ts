// The header's JSON as typed entries: the shape of the JSON is judged here, the meaning of the numbers in validate.ts.
import { isDtype, type SafetensorsDtype } from "./dtypes.ts";
import { quoted, SafetensorsError } from "./error.ts";
import { scanKeys } from "./scan-keys.ts";

export interface Entry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** Bytes begin ≤ i < end of the data. */
  readonly begin: number;
  readonly end: number;
}

export interface Entries {
  readonly tensors: readonly Entry[];
  readonly metadata: ReadonlyMap<string, string>;
}

export const METADATA = "__metadata__";
const FIELDS = ["dtype", "shape", "data_offsets"];

export function entriesOf(text: string): Entries {
  const header = objectOf(parse(text), "the header");
  scanKeys(text);
  const tensors: Entry[] = [];
  let metadata = new Map<string, string>();
  // Maps throughout: a tensor may be called __proto__.
  for (const [name, value] of header) {
    if (name === METADATA) metadata = metadataOf(value);
    else tensors.push(entryOf(name, value));
  }
  return { tensors, metadata };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed("the header", "text that is not JSON", "one JSON object", cause);
  }
}

function entryOf(name: string, value: unknown): Entry {
  const where = `tensor ${quoted(name)}`;
  const fields = objectOf(value, where);
  const unknown = [...fields.keys()].find((key) => !FIELDS.includes(key));
  if (unknown !== undefined)
    throw malformed(where, `the field ${quoted(unknown)}`, `only ${FIELDS.join(", ")}`);
  const dtype = fields.get("dtype");
  if (!isDtype(dtype))
    throw malformed(where, `the dtype ${quoted(dtype)}`, "a dtype of the format, such as F32");
  const shape = numbersOf(fields.get("shape"), where, "shape");
  const [begin, end, ...more] = numbersOf(fields.get("data_offsets"), where, "data_offsets");
  if (begin === undefined || end === undefined || more.length > 0) {
    throw malformed(where, `data_offsets ${quoted(fields.get("data_offsets"))}`, "[begin, end]");
  }
  return { name, dtype, shape, begin, end };
}

function metadataOf(value: unknown): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const [key, text] of objectOf(value, METADATA)) {
    if (typeof text !== "string") throw malformed(METADATA, `${quoted(text)} for ${quoted(key)}`, "a string");
    metadata.set(key, text);
  }
  return metadata;
}

function objectOf(value: unknown, where: string): Map<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return new Map(Object.entries(value));
  throw malformed(where, quoted(value), "an object");
}

function numbersOf(value: unknown, where: string, field: string): number[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
  throw malformed(where, `the ${field} ${quoted(value)}`, "a list of numbers");
}

function malformed(where: string, found: string, expected: string, cause?: unknown): SafetensorsError {
  return new SafetensorsError({ rule: "InvalidHeaderDeserialization", where, found, expected, cause });
}
