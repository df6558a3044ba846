// Every rule of the safetensors format, broken once: the reader names the rule, the place and what it found.
import { describe, expect, test } from "vitest";
import { readSafetensors, SafetensorsError } from "../../src/index.ts";
import { entry, fileOf } from "./hostile.ts";

function errorOf(bytes: Uint8Array, maxHeaderSize?: number): SafetensorsError {
  try {
    readSafetensors(bytes, maxHeaderSize === undefined ? {} : { maxHeaderSize });
  } catch (error) {
    if (error instanceof SafetensorsError) return error;
    throw error;
  }
  throw new Error("the file was read");
}

const a = (shape: string, begin: number, end: number, dtype = "F32"): string =>
  `{${entry("a", dtype, shape, begin, end)}}`;
const two = (first: [number, number], second: [number, number]): string =>
  `{${entry("a", "U8", `[${first[1] - first[0]}]`, ...first)},${entry("b", "U8", `[${second[1] - second[0]}]`, ...second)}}`;
const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];
const hex = 2 ** 62;

const BROKEN: readonly (readonly [rule: string, what: string, bytes: Uint8Array])[] = [
  ["HeaderTooSmall", "an empty file", new Uint8Array(0)],
  ["HeaderTooSmall", "7 bytes", new Uint8Array(7)],
  ["HeaderTooLarge", "a header of 100,000,001 bytes", fileOf("{}", 0, 100_000_001n)],
  ["HeaderTooLarge", "a header of 2⁶⁴ − 1 bytes", fileOf("{}", 0, 2n ** 64n - 1n)],
  ["InvalidHeaderLength", "a header longer than the file", fileOf("{}", 0, 3n)],
  ["InvalidHeaderStart", "an empty header", fileOf("")],
  ["InvalidHeaderStart", "a space before the brace", fileOf(" {}")],
  ["InvalidHeaderStart", "a byte order mark", fileOf("\uFEFF{}")],
  ["InvalidHeader", "bytes that are not UTF-8", fileOf(Uint8Array.of(0x7b, 0xff, 0x7d))],
  [
    "InvalidHeader",
    "a surrogate in UTF-8",
    fileOf(Uint8Array.from([...utf8('{"'), 0xed, 0xa0, 0x80, ...utf8('":1}')])),
  ],
  ["InvalidHeaderDeserialization", "no JSON", fileOf("{x}")],
  ["InvalidHeaderDeserialization", "two objects", fileOf("{}{}")],
  ["InvalidHeaderDeserialization", "padding with zero bytes", fileOf("{}\0")],
  ["InvalidHeaderDeserialization", "an entry that is a list", fileOf('{"a":[]}')],
  ["InvalidHeaderDeserialization", "an entry that is null", fileOf('{"a":null}')],
  ["InvalidHeaderDeserialization", "an empty entry", fileOf('{"a":{}}')],
  ["InvalidHeaderDeserialization", "an unknown dtype", fileOf(a("[1]", 0, 4, "F31"), 4)],
  ["InvalidHeaderDeserialization", "a dtype from Object.prototype", fileOf(a("[1]", 0, 4, "toString"), 4)],
  [
    "InvalidHeaderDeserialization",
    "an unknown field",
    fileOf(a("[1]", 0, 4).replace('"dtype"', '"x":0,"dtype"'), 4),
  ],
  [
    "InvalidHeaderDeserialization",
    "fields inherited by __proto__",
    fileOf(`{"a":{"__proto__":${a("[1]", 0, 4)}}}`, 4),
  ],
  ["InvalidHeaderDeserialization", "a shape that is no list", fileOf(a("4", 0, 4), 4)],
  ["InvalidHeaderDeserialization", "a negative axis", fileOf(a("[-1]", 0, 4), 4)],
  ["InvalidHeaderDeserialization", "the axis 1.0", fileOf(a("[1.0]", 0, 4), 4)],
  ["InvalidHeaderDeserialization", "the axis 1e0", fileOf(a("[1e0]", 0, 4), 4)],
  ["InvalidHeaderDeserialization", "the axis 1e999", fileOf(a("[1e999]", 0, 4), 4)],
  ["InvalidHeaderDeserialization", "an axis in quotes", fileOf(a('["1"]', 0, 4), 4)],
  ["InvalidHeaderDeserialization", "three offsets", fileOf(a("[1]", 0, 4).replace("[0,4]", "[0,4,4]"), 4)],
  ["InvalidHeaderDeserialization", "metadata that is a list", fileOf('{"__metadata__":[]}')],
  ["InvalidHeaderDeserialization", "metadata with a number", fileOf('{"__metadata__":{"epoch":1}}')],
  ["InvalidHeaderDeserialization", "nested metadata", fileOf('{"__metadata__":{"a":{"b":"c"}}}')],
  ["InvalidHeaderDeserialization", "half a surrogate pair", fileOf('{"__metadata__":{"a":"\\ud800"}}')],
  ["InvalidHeaderDeserialization", "100,000 brackets", fileOf(`{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`)],
  [
    "DuplicateKey",
    "a tensor twice",
    fileOf(`{${entry("a", "U8", "[0]", 0, 0)},${entry("a", "U8", "[0]", 0, 0)}}`),
  ],
  ["DuplicateKey", "a tensor twice, once escaped", fileOf('{"__metadata__":{},"__metadata\\u005f_":{}}')],
  ["DuplicateKey", "a field twice", fileOf(a("[1]", 0, 4).replace('"dtype"', '"dtype":"I64","dtype"'), 4)],
  ["DuplicateKey", "a metadata key twice", fileOf('{"__metadata__":{"a":"1","a":"2"}}')],
  ["InvalidOffset", "a hole before the first", fileOf(a("[1]", 1, 5), 5)],
  ["InvalidOffset", "a hole between two", fileOf(two([0, 2], [3, 5]), 5)],
  ["InvalidOffset", "an overlap of one byte", fileOf(two([0, 2], [1, 3]), 3)],
  ["InvalidOffset", "two on the same bytes", fileOf(two([0, 2], [0, 2]), 2)],
  [
    "InvalidOffset",
    "an end before the begin",
    fileOf(`{${entry("a", "U8", "[4]", 0, 4)},${entry("b", "U8", "[1]", 4, 3)}}`, 4),
  ],
  ["InvalidOffset", "an end above 2⁴⁸", fileOf(a("[1]", 0, 2 ** 50), 4)],
  ["ValidationOverflow", "an axis of 2⁶²", fileOf(a(`[${hex.toFixed(0)}]`, 0, 4), 4)],
  ["ValidationOverflow", "axes whose product is 2⁶⁴", fileOf(a("[65536,65536,65536,65536]", 0, 4), 4)],
  [
    "ValidationOverflow",
    "a product that overflows before a 0",
    fileOf(a("[281474976710655,281474976710655,0]", 0, 0)),
  ],
  ["MisalignedSlice", "half a byte", fileOf(a("[3]", 0, 2, "F4"), 2)],
  ["MisalignedSlice", "six bits", fileOf(a("[1]", 0, 1, "F6_E2M3"), 1)],
  ["TensorInvalidInfo", "more bytes than the shape", fileOf(a("[1]", 0, 8), 8)],
  ["TensorInvalidInfo", "2³¹ elements in 4 bytes", fileOf(a("[2147483648]", 0, 4), 4)],
  ["MetadataIncompleteBuffer", "a byte too many", fileOf(a("[1]", 0, 4), 5)],
  ["MetadataIncompleteBuffer", "a byte too few", fileOf(a("[1]", 0, 4), 3)],
  ["MetadataIncompleteBuffer", "data without tensors", fileOf("{}", 1)],
];

describe("a broken file is refused by the name of the rule", () => {
  test.each(BROKEN)("%s: %s", (rule, _what, bytes) => {
    const error = errorOf(bytes);
    expect(error.rule).toBe(rule);
    for (const part of [error.where, error.found, error.expected, rule])
      expect(error.message).toContain(part);
    expect(error.message.length).toBeLessThan(500);
    expect(Object.hasOwn(Object.prototype, "dtype")).toBe(false);
  });

  test("a caller's own limit on the header comes before the format's", () => {
    const bytes = fileOf(`{"__metadata__":{"a":"${"x".repeat(200)}"}}`);
    expect(errorOf(bytes, 100).rule).toBe("HeaderTooLarge");
    expect(readSafetensors(bytes, { maxHeaderSize: 300 }).metadata.get("a")).toHaveLength(200);
    expect(errorOf(fileOf("{}", 0, 100_000_001n), 1e12).rule).toBe("HeaderTooLarge");
  });

  test("the cause of unreadable text and of bad JSON is kept", () => {
    expect(errorOf(fileOf("{x}")).cause).toBeInstanceOf(SyntaxError);
    expect(errorOf(fileOf(Uint8Array.of(0x7b, 0xff))).cause).toBeInstanceOf(TypeError);
  });
});

describe("what looks odd and is legal", () => {
  test("no tensors, spaces after the header, unsorted entries, rank 0, empty axes", () => {
    expect(readSafetensors(fileOf("{}")).tensors.size).toBe(0);
    const header = `{${entry("b", "U8", "[1]", 4, 5)},${entry("a", "F32", "[]", 0, 4)},${entry("c", "F64", "[0,7]", 5, 5)}}     `;
    const { tensors } = readSafetensors(fileOf(header, 5));
    expect([...tensors.keys()]).toEqual(["b", "a", "c"]);
    expect(tensors.get("a")?.data).toEqual(Float32Array.of(0));
    expect(tensors.get("c")).toEqual({ dtype: "F64", shape: [0, 7], data: new Float64Array(0) });
  });

  test("names from Object.prototype and an empty name", () => {
    const names = ["__proto__", "constructor", "toString", ""];
    const header = names.map((name, i) => entry(name, "U8", "[1]", i, i + 1)).join(",");
    const { tensors } = readSafetensors(fileOf(`{${header},"__metadata__":{"__proto__":"x"}}`, 4));
    expect([...tensors.keys()]).toEqual(names);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test("a name of 20 million characters, in linear time", { timeout: 20_000 }, () => {
    const name = "\\n".repeat(10_000_000);
    const { tensors } = readSafetensors(
      fileOf(`{"${name}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}`),
    );
    expect(tensors.keys().next().value).toHaveLength(10_000_000);
  });
});
