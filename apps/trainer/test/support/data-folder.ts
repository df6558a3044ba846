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
