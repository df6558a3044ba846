// Damaged IDX files: whatever the bytes are, the answer is a value or a DataError, never anything else.
import { expect, test } from "vitest";
import { type Dataset, toDataset } from "../../src/data/dataset.ts";
import { parseIdx } from "../../src/data/idx.ts";
import { DataError } from "../../src/errors.ts";
import { bigEndian, F32, I32, idxBytes, U8 } from "../support/idx-bytes.ts";

const IMAGES = idxBytes(F32, [3, 2], bigEndian(F32, [0, 0.5, 1, -1, 2, 3.25]));
const LABELS = idxBytes(I32, [3], bigEndian(I32, [0, 2, 1]));
const load = (images: Uint8Array, labels: Uint8Array): Dataset =>
  toDataset(parseIdx(images, "images"), parseIdx(labels, "labels"));

/** Whole numbers below `bound` from a linear congruential generator (Numerical Recipes), so that runs repeat. */
function numbers(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

function outcome(call: () => unknown): "loaded" | "refused" {
  try {
    call();
    return "loaded";
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return "refused";
  }
}

test("every prefix of a file is refused", () => {
  expect(outcome(() => load(IMAGES, LABELS))).toBe("loaded");
  for (let n = 0; n < IMAGES.length; n++)
    expect(outcome(() => load(IMAGES.subarray(0, n), LABELS))).toBe("refused");
  for (let n = 0; n < LABELS.length; n++)
    expect(outcome(() => load(IMAGES, LABELS.subarray(0, n)))).toBe("refused");
});

test("flipped bits load as other numbers or are refused with a DataError", () => {
  const next = numbers(2024);
  const counts = { loaded: 0, refused: 0 };
  for (let round = 0; round < 4000; round++) {
    const images = IMAGES.slice();
    const labels = LABELS.slice();
    for (let flips = 1 + next(3); flips > 0; flips--) {
      const bytes = next(2) === 0 ? images : labels;
      const at = next(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
    }
    counts[outcome(() => load(images, labels))]++;
  }
  // Both happen often, or the test tries nothing.
  expect(counts.loaded).toBeGreaterThan(500);
  expect(counts.refused).toBeGreaterThan(500);
});

test("random bytes behind a right start are refused with a DataError", () => {
  const next = numbers(7);
  for (let round = 0; round < 4000; round++) {
    const tail = Array.from({ length: next(40) }, () => next(256));
    const bytes = Uint8Array.from([0, 0, [U8, F32, I32][next(3)] ?? U8, next(4), ...tail]);
    outcome(() => load(bytes, LABELS));
  }
});
