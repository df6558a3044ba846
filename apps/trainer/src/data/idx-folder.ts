// Finds and reads the four IDX files of a folder laid out like MNIST's.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { checkSameSizes } from "./check-dataset.ts";
import { type TrainingData, toDataset } from "./dataset.ts";
import { fileFault } from "./file-fault.ts";
import type { Idx } from "./idx.ts";
import { imageShapeOf } from "./image-shape.ts";
import { readBytes } from "./read-bytes.ts";
import { readClassNames } from "./read-class-names.ts";
import { readIdx } from "./read-idx.ts";

// All are in circulation; the first one found is read.
const SPELLINGS: readonly ((part: string) => string)[] = [
  (part) => `${part}-ubyte`,
  (part) => `${part.replace(/-(?=idx)/, ".")}-ubyte`,
  (part) => `${part}-ubyte.gz`,
  (part) => `${part.replace(/-(?=idx)/, ".")}-ubyte.gz`,
];
const CLASS_NAMES = "classes.txt";
const MOST_NAMES_SHOWN = 8;

/**
 * Loads `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and their `t10k-` twins (or the spelling with a dot
 * before `idx`) from a folder, each also packed as `.gz`. The values may be of any IDX type, whatever the names say. A
 * file `classes.txt` beside them names the classes, one a line, in the order of their numbers. Without it and without
 * `classes` there is one more class than the largest training label; the test set has the same.
 *
 * @throws UsageError when `classes` is no count of classes.
 * @throws DataError naming the folder or file, what is wrong and the cure.
 */
export async function loadIdxFolder(
  folder: string,
  options: { readonly classes?: number | undefined; readonly name?: string | undefined } = {},
): Promise<TrainingData> {
  const { fileOf, classNames } = await openIdxFolder(folder, options.classes);
  const read = async (part: IdxPart): Promise<Idx> => {
    const file = fileOf(part);
    return readIdx(await readBytes(file), file);
  };
  const images = await read("train-images-idx3");
  const train = toDataset(images, await read("train-labels-idx1"), {
    classes: options.classes ?? classNames?.length,
  });
  const { classes } = train;
  const test = toDataset(await read("t10k-images-idx3"), await read("t10k-labels-idx1"), { classes });
  checkSameSizes(folder, train, test);
  const imageShape = imageShapeOf(images.shape);
  const description = {
    ...(imageShape === undefined ? {} : { imageShape }),
    ...(classNames === undefined ? {} : { classNames }),
  };
  return { train, test, name: options.name ?? folder, description };
}

/** What the four files are called, but for the end of their names. */
export type IdxPart = `${"train" | "t10k"}-${"images-idx3" | "labels-idx1"}`;

/** A folder that has been looked into, and no file of numbers read. */
export interface IdxFolder {
  /** @throws DataError when there is no such file. */
  readonly fileOf: (part: IdxPart) => string;
  readonly classNames: readonly string[] | undefined;
}

/** @throws DataError when the folder cannot be listed, or its classes.txt is no list of names. */
export async function openIdxFolder(folder: string, classes: number | undefined): Promise<IdxFolder> {
  const names = await listFolder(folder);
  const classNames = names.includes(CLASS_NAMES)
    ? await readClassNames(join(folder, CLASS_NAMES), classes)
    : undefined;
  return { fileOf: (part) => join(folder, fileName(folder, names, part)), classNames };
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    const cure = "Check the path; it must be a folder with the four IDX files.";
    throw fileFault(folder, "a readable folder", cure, cause);
  }
}

function fileName(folder: string, names: readonly string[], part: string): string {
  const candidates = SPELLINGS.map((spell) => spell(part));
  const name = candidates.find((candidate) => names.includes(candidate));
  if (name === undefined) throw missing(folder, names, candidates);
  return name;
}

function missing(folder: string, names: readonly string[], candidates: readonly string[]): DataError {
  return new DataError({
    file: folder,
    expected: `a file ${candidates.join(" or ")}`,
    found: names.length === 0 ? "an empty folder" : listed(names),
    cure: "Put the file there, or give the folder that has it.",
  });
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES_SHOWN;
  return `${names.slice(0, MOST_NAMES_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
