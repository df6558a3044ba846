// A temporary folder with a small labelled data set in IDX, whole or with files exchanged, removed after the test.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { idxBytes, U8 } from "./idx-bytes.ts";

export const TRAIN_IMAGES = "train-images-idx3-ubyte";
export const TRAIN_LABELS = "train-labels-idx1-ubyte";
export const TEST_IMAGES = "t10k-images-idx3-ubyte";
export const TEST_LABELS = "t10k-labels-idx1-ubyte";

/** Four training rows of 2×2 bytes in three classes, two test rows. */
export function smallFiles(): Record<string, Uint8Array> {
  return {
    [TRAIN_IMAGES]: idxBytes(
      U8,
      [4, 2, 2],
      Array.from({ length: 16 }, (_, i) => i * 10),
    ),
    [TRAIN_LABELS]: idxBytes(U8, [4], [0, 2, 1, 0]),
    [TEST_IMAGES]: idxBytes(U8, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
    [TEST_LABELS]: idxBytes(U8, [2], [1, 2]),
  };
}

/** Writes files into a new folder and returns its path. */
export function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "gradloom-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

/** `rows` training rows of 4×4 bytes in three classes that can be told apart, a fifth as many test rows. */
export function learnableFiles(rows: number): Record<string, Uint8Array> {
  // Numerical Recipes' linear congruential generator: the same bytes everywhere.
  let state = 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const set = (count: number): readonly [Uint8Array, Uint8Array] => {
    const labels = Array.from({ length: count }, () => next(3));
    const images = labels.flatMap((label) =>
      Array.from({ length: 16 }, (_, i) => next(160) + (i % 3 === label ? 60 : 0)),
    );
    return [idxBytes(U8, [count, 4, 4], images), idxBytes(U8, [count], labels)];
  };
  const [trainImages, trainLabels] = set(rows);
  const [testImages, testLabels] = set(Math.ceil(rows / 5));
  return {
    [TRAIN_IMAGES]: trainImages,
    [TRAIN_LABELS]: trainLabels,
    [TEST_IMAGES]: testImages,
    [TEST_LABELS]: testLabels,
  };
}
