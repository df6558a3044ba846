// What was written is read back, by this package and by another program; damage is always noticed or harmless.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storageOf } from "../../src/files/safetensors/dtypes.ts";
import {
  readSafetensors,
  SafetensorsError,
  type SafetensorsTensor,
  writeSafetensors,
} from "../../src/index.ts";
import { tensorFiles, textMaps } from "./arbitrary-tensors.ts";

const PROPERTIES = { seed: 20_240_601, numRuns: 300 };

describe("writing and reading", () => {
  test("any tensors and metadata come back, bit for bit", () => {
    fc.assert(
      fc.property(tensorFiles, textMaps, (tensors, metadata) => {
        const file = readSafetensors(writeSafetensors(tensors, metadata));
        expect(new Map(file.metadata)).toEqual(metadata);
        expect([...file.tensors.keys()].sort()).toEqual([...tensors.keys()].sort());
        for (const [name, { dtype, shape, data }] of tensors) {
          const back = file.tensors.get(name);
          expect(back?.dtype).toBe(dtype);
          expect(back?.shape).toEqual(shape);
          expect(bytesOf(back)).toEqual(bytesOf({ data }));
          expect(back?.data.constructor).toBe(storageOf(dtype)?.array);
        }
      }),
      PROPERTIES,
    );
  });

  test("the order of the tensors changes no byte", () => {
    fc.assert(
      fc.property(tensorFiles, (tensors) => {
        expect(writeSafetensors([...tensors].reverse())).toEqual(writeSafetensors(tensors));
      }),
      PROPERTIES,
    );
  });

  test("every tensor lies at a multiple of its element's size, and is read without a copy", () => {
    fc.assert(
      fc.property(tensorFiles, (tensors) => {
        const bytes = writeSafetensors(tensors);
        expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
        for (const [, { data }] of readSafetensors(bytes).tensors) expect(data.buffer).toBe(bytes.buffer);
      }),
      PROPERTIES,
    );
  });

  test("a file that starts at an odd address is read too, by copies", () => {
    const written = writeSafetensors([["a", { dtype: "F64", shape: [2], data: Float64Array.of(1.5, -2) }]]);
    for (const room of [new Uint8Array(written.length + 1), Buffer.alloc(written.length + 1)]) {
      const shifted = room.subarray(1);
      shifted.set(written);
      expect(readSafetensors(shifted).tensors.get("a")?.data).toEqual(Float64Array.of(1.5, -2));
    }
  });

  test("shared memory is read like any other", () => {
    const written = writeSafetensors([["a", { dtype: "F32", shape: [1], data: Float32Array.of(7) }]]);
    const shared = new Uint8Array(new SharedArrayBuffer(written.length));
    shared.set(written);
    expect([...(readSafetensors(shared).tensors.get("a")?.data ?? [])]).toEqual([7]);
  });
});

describe("damage", () => {
  const whole = writeSafetensors(
    [
      ["W", { dtype: "F32", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
      ["n", { dtype: "I64", shape: [], data: BigInt64Array.of(-1n) }],
      ["on", { dtype: "BOOL", shape: [3], data: Uint8Array.of(1, 0, 1) }],
    ],
    [["epoch", "3"]],
  );

  test("a file cut at any byte is refused", () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => readSafetensors(whole.slice(0, length)), `${length} bytes`).toThrow(SafetensorsError);
    }
    expect(readSafetensors(whole).tensors.size).toBe(3);
  });

  test("any flipped bit gives a typed error or tensors of the same total size, and nothing else", () => {
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bytes = whole.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      readOrTypedError(bytes);
    }
  });

  test("random bytes give a typed error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, plausible) => {
        if (plausible && bytes.length > 9) bytes.set([bytes.length - 8, 0, 0, 0, 0, 0, 0, 0, 0x7b]);
        readOrTypedError(bytes);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  function readOrTypedError(bytes: Uint8Array): void {
    try {
      let total = 0;
      for (const [, { data }] of readSafetensors(bytes).tensors) total += data.byteLength;
      expect(total).toBeLessThanOrEqual(bytes.length);
    } catch (error) {
      expect(error).toBeInstanceOf(SafetensorsError);
    }
  }
});

describe("what cannot be written is refused", () => {
  const one: SafetensorsTensor = { dtype: "F32", shape: [1], data: Float32Array.of(1) };
  const unwritable = [
    ["InvalidName", [["__metadata__", one]], []],
    ["InvalidName", [["\ud800", one]], []],
    [
      "DuplicateName",
      [
        ["a", one],
        ["a", one],
      ],
      [],
    ],
    ["InvalidTensorView", [["a", { ...one, shape: [2] }]], []],
    ["InvalidTensorView", [["a", { ...one, shape: [-1] }]], []],
    ["InvalidTensorView", [["a", { ...one, dtype: "F64" } as unknown as SafetensorsTensor]], []],
    ["InvalidTensorView", [["a", { ...one, dtype: "F33" } as unknown as SafetensorsTensor]], []],
    ["InvalidMetadata", [], [["a", 1 as unknown as string]]],
    [
      "InvalidMetadata",
      [],
      [
        ["a", "1"],
        ["a", "2"],
      ],
    ],
    ["HeaderTooLarge", [], [["a", "x".repeat(100_000_001)]]],
  ] as const satisfies readonly (readonly [
    string,
    readonly (readonly [string, SafetensorsTensor])[],
    readonly (readonly [string, string])[],
  ])[];

  test.each(unwritable)("%s (%#)", (rule, tensors, metadata) => {
    expect(() => writeSafetensors(tensors, metadata)).toThrow(expect.objectContaining({ rule }));
  });
});

function bytesOf(tensor: { readonly data: ArrayBufferView } | undefined): Uint8Array | undefined {
  return tensor && new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
}
