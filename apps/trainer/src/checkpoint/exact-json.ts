// Plain data as JSON and back with every number kept to the bit, its arrays of floats handed over one by one.
import type { FlatVector } from "../training-state.ts";

/** Stands in the JSON for a number that JSON cannot hold: the 16 hexadecimal digits of its float64. */
const BITS = "$float64";
/** Stands in the JSON for an array of floats: its path, such as `best/parameters`. */
const VECTOR = "$vector";

/** A text, and the arrays that it names. */
export interface ExactJson {
  readonly text: string;
  readonly vectors: ReadonlyMap<string, FlatVector>;
}

/** Finite numbers but −0 are exact in JSON: ECMAScript writes the shortest digits that read back the same. */
export function toExactJson(value: unknown): ExactJson {
  const vectors = new Map<string, FlatVector>();
  const encode = (part: unknown, path: string): unknown => {
    if (typeof part === "number") return Number.isFinite(part) && !Object.is(part, -0) ? part : bitsOf(part);
    if (isVector(part)) {
      vectors.set(path, part);
      return { [VECTOR]: path };
    }
    if (Array.isArray(part)) return part.map((item, i) => encode(item, `${path}/${i}`));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [key, encode(inner, path === "" ? key : `${path}/${key}`)]),
    );
  };
  return { text: JSON.stringify(encode(value, "")), vectors };
}

/**
 * The value again.
 *
 * @throws Error for a text that toExactJson cannot have written, or a vector that is missing.
 */
export function fromExactJson({ text, vectors }: ExactJson): unknown {
  return JSON.parse(text, (key, part: unknown) => {
    // An own property of this name would be harmless here, and a trap for whoever copies it.
    if (key === "__proto__") throw new Error("a key is __proto__");
    if (typeof part !== "object" || part === null) return part;
    if (BITS in part) return fromBits(part[BITS]);
    if (!(VECTOR in part)) return part;
    const vector = typeof part[VECTOR] === "string" ? vectors.get(part[VECTOR]) : undefined;
    if (vector === undefined) throw new Error(`there is no vector ${JSON.stringify(part[VECTOR])}`);
    return vector;
  });
}

function isVector(value: unknown): value is FlatVector {
  return value instanceof Float32Array || value instanceof Float64Array;
}

function bitsOf(value: number): { readonly [BITS]: string } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return { [BITS]: view.getBigUint64(0).toString(16).padStart(16, "0") };
}

function fromBits(hex: unknown): number {
  if (typeof hex !== "string" || !/^[0-9a-f]{16}$/.test(hex))
    throw new Error(`${JSON.stringify(hex)} is no float64`);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}
