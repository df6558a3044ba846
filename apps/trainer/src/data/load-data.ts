// One door to every kind of data: looks at the path and calls the reader for what is there.
import { extname } from "node:path";
import { DataError, UsageError } from "../errors.ts";
import { checkDataOptions, type DataOptions } from "./data-options.ts";
import type { TrainingData } from "./dataset.ts";
import { loadIdxFolder } from "./idx-folder.ts";
import { loadMnist } from "./mnist.ts";
import { isFolder } from "./path-kind.ts";

/**
 * Loads, splits and prepares labelled data: MNIST when `path` is undefined; a folder of IDX files (plain or .gz); a
 * .csv, .npz or .npy file. Everything is held in memory: the file, and its numbers as typed arrays.
 *
 * @throws UsageError for options out of range or meant for another kind of data.
 * @throws DataError naming the file, the place, what was expected and found, and the cure.
 */
export async function loadData(path: string | undefined, options: DataOptions = {}): Promise<TrainingData> {
  checkDataOptions(options);
  if (path === undefined) return loadMnist();
  if (path === "") throw new UsageError('the data "": expected a path. Leave it out for MNIST.');
  if (await isFolder(path)) return loadIdxFolder(path, { classes: options.classes });
  throw new DataError({
    file: path,
    expected: "a folder of IDX files, or a .csv, .npz or .npy file",
    found: `a file that ends in ${JSON.stringify(extname(path))}`,
    cure: "Give a folder or file of one of these kinds.",
  });
}
