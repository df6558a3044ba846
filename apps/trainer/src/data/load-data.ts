// One door to every kind of data: looks at the path and calls the reader for what is there.
import { extname } from "node:path";
import { DataError, UsageError } from "../errors.ts";
import { loadCsv } from "./csv/load-csv.ts";
import { checkDataOptions, type DataOptions, refuseForeignOptions } from "./data-options.ts";
import type { TrainingData } from "./dataset.ts";
import { folderName } from "./folder-name.ts";
import { loadIdxFolder } from "./idx-folder.ts";
import { loadMnist } from "./mnist.ts";
import { arraySamples, loadNpz } from "./npy/load-arrays.ts";
import { readNpy } from "./npy/read-npy.ts";
import { isFolder } from "./path-kind.ts";
import { checkSource, prepare } from "./prepare/prepare.ts";
import type { Source } from "./prepare/samples.ts";
import { readBytes } from "./read-bytes.ts";

/**
 * Loads, splits and prepares labelled data: MNIST when `path` is undefined; a folder of IDX files (plain or .gz, see
 * `loadIdxFolder`); a .csv, .npz or .npy file (the last with `labels`). Everything is held in memory, the file and its
 * numbers as typed arrays: larger data cannot be loaded.
 *
 * @throws UsageError for options out of range or meant for another kind of data.
 * @throws DataError naming the file, the place, what was expected and found, and the cure.
 */
export async function loadData(path: string | undefined, options: DataOptions = {}): Promise<TrainingData> {
  checkDataOptions(options);
  const source = await readSource(path, options);
  checkSource(source);
  return prepare(source, options);
}

async function readSource(path: string | undefined, options: DataOptions): Promise<Source> {
  if (path === "") throw new UsageError('the data "": expected a path. Leave it out for MNIST.');
  if (path === undefined || (await isFolder(path))) {
    refuseForeignOptions(options, "IDX");
    return sourceOf(
      path === undefined
        ? await loadMnist()
        : await loadIdxFolder(path, { ...options, name: folderName(path) }),
    );
  }
  switch (extname(path).toLowerCase()) {
    case ".csv":
      refuseForeignOptions(options, "CSV");
      return loadCsv(await readBytes(path), path, options);
    case ".npz":
      refuseForeignOptions(options, "NPZ");
      return loadNpz(await readBytes(path), path, options);
    case ".npy":
      refuseForeignOptions(options, "NPY");
      return await readNpySource(path, options);
    default:
      throw unknownKind(path);
  }
}

function sourceOf({ name, train, test, description = {} }: TrainingData): Source {
  return { name, train: { dataset: train, description }, test };
}

async function readNpySource(path: string, { labels, classes }: DataOptions): Promise<Source> {
  if (labels === undefined)
    throw new UsageError(`${path} holds one array: give the file with its labels too (--labels y.npy).`);
  const x = readNpy(await readBytes(path), path);
  return { name: path, train: arraySamples(x, readNpy(await readBytes(labels), labels), { classes }) };
}

function unknownKind(path: string): DataError {
  const extension = extname(path);
  return new DataError({
    file: path,
    expected: "a folder of IDX files, or a .csv, .npz or .npy file",
    found: extension === "" ? "a file without an extension" : `a file that ends in ${extension}`,
    cure: "For IDX give the folder that holds the four files; other formats have to be converted.",
  });
}
