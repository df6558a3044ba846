// Arbitrary safetensors content for property-based tests: any names, dtypes, shapes and bits.
import fc from "fast-check";
import { safetensorsDtypes, storageOf } from "../../src/files/safetensors/dtypes.ts";
import type { SafetensorsTensor } from "../../src/index.ts";

const names = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "W1", "ä", "😀", "", '"\\\n'),
  fc.string({ unit: "binary", maxLength: 12 }),
);

const tensor = fc
  .tuple(fc.constantFrom(...safetensorsDtypes()), fc.array(fc.nat(4), { maxLength: 3 }))
  .map(([dtype, shape]) => ({
    dtype,
    shape: dtype.startsWith("F4") || dtype.startsWith("F6") ? [4, ...shape] : shape,
  }))
  .chain(({ dtype, shape }) => {
    const { bits = 8, array = Uint8Array } = storageOf(dtype) ?? {};
    const length = (shape.reduce((size, axis) => size * axis, 1) * bits) / 8;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => {
      const data = new array(bytes.slice().buffer, 0, length / array.BYTES_PER_ELEMENT);
      return { dtype, shape, data } as SafetensorsTensor;
    });
  });

export const tensorFiles: fc.Arbitrary<Map<string, SafetensorsTensor>> = fc
  .array(
    fc.tuple(
      names.filter((name) => name !== "__metadata__"),
      tensor,
    ),
    { maxLength: 6 },
  )
  .map((entries) => new Map(entries));

export const textMaps: fc.Arbitrary<Map<string, string>> = fc
  .array(fc.tuple(names, names), { maxLength: 4 })
  .map((entries) => new Map(entries));
