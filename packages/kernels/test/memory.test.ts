// The arena: fixed, aligned, inside one memory, and clear about running out.
import { expect, test } from "vitest";
import { OutOfMemoryError, ValueError } from "../src/errors.ts";
import { Arena } from "../src/memory.ts";
import { wasmBackend } from "../src/wasm/index.ts";

test("arrays are zeros at multiples of 64 bytes, apart from each other, and never at address 0", () => {
  const arena = Arena.create({ byteLength: 65536 });
  const a = arena.allocate("float32", [3, 5]);
  const b = arena.allocate("float64", [7]);
  const c = arena.allocate("uint8", [2, 2]);
  const d = arena.allocate("int32", []);
  expect([a, b, c, d].map((t) => t.data.byteOffset)).toEqual([64, 128, 192, 256]);
  expect([a.shape, a.stride, a.data.length, d.data.length]).toEqual([[3, 5], [5, 1], 15, 1]);
  expect([...a.data, ...b.data].every((value) => value === 0)).toBe(true);
  expect(arena.remaining).toBe(65536 - 320);
  expect([arena.contains(a.data), arena.contains(new Float32Array(3))]).toEqual([true, false]);
});

test("running out names the bytes asked, the bytes left and the cure, and takes nothing", () => {
  const arena = Arena.create({ byteLength: 1 });
  expect(arena.remaining).toBe(65536 - 64);
  const ask = () => arena.allocate("float64", [100, 100]);
  expect(ask).toThrow(OutOfMemoryError);
  expect(ask).toThrow(/asked for 80000 bytes and has 65472 of 65536 left.*Arena\.create/s);
  expect(arena.remaining).toBe(65472);
  expect(() => wasmBackend(arena)).toThrow(OutOfMemoryError);
});

test("an arena on a region hands out that region and nothing else", () => {
  const whole = Arena.create({ byteLength: 65536 * 2, shared: true });
  const region = whole.reserve(1000);
  const part = new Arena(whole.memory, region);
  expect([part.shared, part.remaining]).toEqual([true, 1000]);
  const t = part.allocate("float32", [250]);
  expect(t.data.byteOffset).toBe(region.byteOffset);
  expect(part.remaining).toBe(0);
  expect(() => part.reserve(1)).toThrow(OutOfMemoryError);
  expect(whole.contains(t.data)).toBe(true);
});

test("sizes and regions that cannot be are refused by name", () => {
  for (const byteLength of [0, -1, 1.5, Number.NaN, 2 ** 33]) {
    expect(() => Arena.create({ byteLength })).toThrow(new RegExp(`byteLength is ${byteLength}`));
  }
  const { memory } = Arena.create({ byteLength: 65536 });
  expect(() => new Arena(memory, { byteOffset: 65000, byteLength: 1000 })).toThrow(ValueError);
  expect(() => new Arena(memory).reserve(-1)).toThrow(/-1 bytes/);
});

test("zeros come from the arena and are zero even where the memory was used before", () => {
  const arena = Arena.create({ byteLength: 4 * 1024 * 1024 });
  new Uint8Array(arena.memory.buffer as ArrayBuffer).fill(1);
  const backend = wasmBackend(arena);
  const t = backend.zeros([2, 3], "float64");
  expect([arena.contains(t.data), [...t.data]]).toEqual([true, [0, 0, 0, 0, 0, 0]]);
});
