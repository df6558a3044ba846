// Packed modules: whatever is packed comes out again, and the module for shared memory differs by its import alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile, SHARED } from "../../scripts/assembly.ts";
import { pack } from "../../scripts/pack.ts";
import { packed as relaxed } from "../../src/generated/relaxed.ts";
import { packed as strict } from "../../src/generated/strict.ts";
import { engine } from "../../src/wasm/engine.ts";
import { importingSharedMemory } from "../../src/wasm/shared-memory.ts";
import { unpack } from "../../src/wasm/unpack.ts";

/** Bytes of few different values repeat themselves, also at distances shorter than what they repeat. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.array(fc.constantFrom(0, 1), { maxLength: 2000 }).map((values) => Uint8Array.from(values)),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 7 }), fc.nat(300)).map(([pattern, times]) => {
    return Uint8Array.from({ length: pattern.length * times }, (_, i) => pattern[i % pattern.length]);
  }),
);

test("any bytes come out of their packed text unchanged", () => {
  fc.assert(
    fc.property(bytes, (original) => {
      expect([...unpack(pack(original))]).toEqual([...original]);
    }),
    { seed: 11, numRuns: 500 },
  );
});

test("what repeats itself becomes short", () => {
  expect(pack(new Uint8Array(100_000)).length).toBeLessThan(20);
});

test.each([
  ["strict", strict],
  ["relaxed", relaxed],
])("the %s modules are shorter than half their bytes as text, and both kinds compile", (_, text) => {
  const alone = unpack(text);
  expect(text.length).toBeLessThan(alone.length * 0.6);
  for (const [module, flags] of [
    [alone, "00"],
    [importingSharedMemory(alone), "03"],
  ] as const) {
    expect(engine().validate(module)).toBe(true);
    const { buffer, byteOffset, length } = module;
    const hex = Buffer.from(buffer, byteOffset, length).toString("hex");
    expect(hex).toContain(`${Buffer.from("memory").toString("hex")}02${flags}`);
  }
});

test("a module that imports anything else is refused", () => {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const imported = (...kind: number[]) =>
    Uint8Array.of(...header, 2, 5 + kind.length, 1, 1, 97, 1, 98, ...kind);
  expect(() => importingSharedMemory(Uint8Array.from(header))).toThrow(RangeError);
  expect(() => importingSharedMemory(imported(0, 0))).toThrow(/only import must be an unshared memory/);
  expect(() => importingSharedMemory(imported(2, 1, 0, 9))).toThrow(RangeError);
  expect([...importingSharedMemory(imported(2, 0, 0))]).toEqual([
    ...imported(2, 3, 0, 0x80, 0x80, 0x04).with(9, 11),
  ]);
});

test("the module for shared memory is, byte for byte, the one that the compiler makes", async () => {
  // A small file of assembly/, since the whole takes seconds; the conformance suite runs the whole on shared memory.
  const entry = "gemm/blocks.ts";
  const shared = await compile(SHARED, entry);
  expect(Buffer.compare(importingSharedMemory(await compile([], entry)), shared)).toBe(0);
});
