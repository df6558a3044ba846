// The files of a data set whose rows can be read one by one: their labels, read whole, and their images, opened.
import { extname } from "node:path";
import { type DataOptions, refuseForeignOptions } from "../data-options.ts";
import type { DataDescription, SourceArray } from "../dataset.ts";
import { folderName } from "../folder-name.ts";
import { openIdxFolder } from "../idx-folder.ts";
import { MNIST, mnistFolder } from "../mnist.ts";
import { labelShape, plain } from "../npy/load-arrays.ts";
import { readNpy } from "../npy/read-npy.ts";
import { isFolder } from "../path-kind.ts";
import { readBytes } from "../read-bytes.ts";
import { readIdx } from "../read-idx.ts";
import { openRowFile, type RowFile } from "./row-file.ts";

/** Rows that are still on the disk, and their labels. */
export interface UnreadRows {
  readonly images: RowFile;
  readonly labels: SourceArray;
}

export interface PartSource {
  readonly name: string;
  readonly classes: number | undefined;
  readonly train: UnreadRows;
  readonly test?: UnreadRows;
  readonly description: Pick<DataDescription, "classNames">;
}

/**
 * Undefined for data that have to be read whole, and for paths and options that their reader will refuse.
 * @throws UsageError or DataError as the reader of the whole data does.
 */
export async function partSource(
  path: string | undefined,
  options: DataOptions,
): Promise<PartSource | undefined> {
  if (path === undefined) return await idxSource(mnistFolder(), MNIST.classes, MNIST.name, options);
  if (path === "") return undefined;
  if (await isFolder(path)) return await idxSource(path, options.classes, folderName(path), options);
  const { labels } = options;
  if (extname(path).toLowerCase() !== ".npy" || labels === undefined) return undefined;
  refuseForeignOptions(options, "NPY");
  const images = await openRowFile(path);
  if (images === undefined) return undefined;
  const y = readNpy(await readBytes(labels), labels);
  const train = { images, labels: { ...plain(y), shape: labelShape(y) } };
  return { name: path, classes: options.classes, train, description: {} };
}

async function idxSource(
  folder: string,
  classes: number | undefined,
  name: string,
  options: DataOptions,
): Promise<PartSource | undefined> {
  refuseForeignOptions(options, "IDX");
  const { fileOf, classNames } = await openIdxFolder(folder, classes);
  const rowsOf = async (part: "train" | "t10k"): Promise<UnreadRows | undefined> => {
    const images = await openRowFile(fileOf(`${part}-images-idx3`));
    if (images === undefined) return undefined;
    const file = fileOf(`${part}-labels-idx1`);
    return { images, labels: await readIdx(await readBytes(file), file) };
  };
  const [train, test] = [await rowsOf("train"), await rowsOf("t10k")];
  if (train === undefined || test === undefined) return undefined;
  const description = classNames === undefined ? {} : { classNames };
  return { name, classes: classes ?? classNames?.length, train, test, description };
}
