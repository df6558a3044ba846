// Damages files in every way a disk or an enemy does, and judges what a reader makes of them.
import fc from "fast-check";
import { expect } from "vitest";
import { DataError } from "../../src/errors.ts";

/** One seed for all, so that a failure comes back. */
const SEED = 20_240_608;
/** A reader may take this much beside what its file is worth: its own buffers and the engine's. */
const MEMORY_SLACK = 64_000_000;

export type Reader = (bytes: Uint8Array) => unknown;

/** @throws unless the answer is a value, or a DataError that names the file and what was expected and found. */
export async function judged(read: Reader, bytes: Uint8Array): Promise<"read" | "refused"> {
  try {
    await read(bytes);
    return "read";
  } catch (error) {
    if (!(error instanceof DataError)) throw new Error(`not a DataError: ${String(error)}`, { cause: error });
    const { file, expected, found, cure } = error.fault;
    expect([file, expected, found, cure].every((part) => typeof part === "string" && part !== "")).toBe(true);
    // A message for people, not a copy of the file.
    expect(error.message.length).toBeLessThan(2000);
    return "refused";
  }
}

/** Flips of single bits, bytes overwritten by the extremes, and pieces cut out, of a file that is right. */
export function damaged(whole: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(Math.max(0, whole.length - 1));
  const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255));
  const edits = fc.array(fc.tuple(fc.constantFrom("flip", "set", "set4", "cut", "double"), place, value), {
    minLength: 1,
    maxLength: 4,
  });
  return edits.map((list) => {
    let bytes = Array.from(whole);
    for (const [kind, at, v] of list) {
      if (kind === "flip") bytes[at] = (bytes[at] ?? 0) ^ (1 << (v % 8));
      else if (kind === "set") bytes[at] = v;
      else if (kind === "set4") for (let i = at; i < at + 4; i++) bytes[i] = v;
      else if (kind === "cut") bytes.splice(at, v);
      else bytes = [...bytes.slice(0, at + v), ...bytes.slice(at)];
    }
    return Uint8Array.from(bytes, (byte) => byte ?? 0);
  });
}

/** Runs a reader on many files; both answers have to come up, or the test tries nothing. */
export async function tryAll(
  read: Reader,
  files: fc.Arbitrary<Uint8Array>,
  numRuns: number,
): Promise<{ read: number; refused: number }> {
  const counts = { read: 0, refused: 0 };
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const memory = process.memoryUsage().arrayBuffers;
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      counts[await judged(read, bytes)]++;
    }),
    { seed: SEED, numRuns, endOnFailure: true },
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
  expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(MEMORY_SLACK);
  return counts;
}

/** Every beginning of a file. */
export async function tryPrefixes(
  read: Reader,
  whole: Uint8Array,
): Promise<{ read: number; refused: number }> {
  const counts = { read: 0, refused: 0 };
  for (let n = 0; n < whole.length; n++) counts[await judged(read, whole.subarray(0, n))]++;
  return counts;
}
