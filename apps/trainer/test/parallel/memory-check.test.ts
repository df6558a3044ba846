// A run that cannot have its memory is refused before it starts, with both sizes and the cure.
import { expect, test } from "vitest";
import { checkMemory } from "../../src/parallel/memory-check.ts";

test("more than WebAssembly can address", () => {
  expect(() => checkMemory(5 * 2 ** 30, 2 ** 40)).toThrow(/needs 5\.00 GiB.*at most 4\.00 GiB.*--limit/);
});

test("more than the system has left", () => {
  expect(() => checkMemory(2 ** 30, 2 ** 29)).toThrow(/needs 1\.00 GiB.*has 0\.50 GiB left.*--batch-size/);
});

test("what fits is not refused", () => {
  expect(() => checkMemory(2 ** 20, 2 ** 20)).not.toThrow();
});
