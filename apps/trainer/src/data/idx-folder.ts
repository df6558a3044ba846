// Finds and reads the four IDX files of a folder laid out like MNIST's.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { checkSameSizes } from "./check-dataset.ts";
import { type TrainingData, toDataset } from "./dataset.ts";
import { fileFault } from "./file-fault.ts";
import { type Idx, parseIdx } from "./idx.ts";
import { imageShapeOf } from "./image-shape.ts";

// Both spellings are in circulation; the first one found is read.
const SPELLINGS: readonly ((part: string) => string)[] = [
  (part) => `${part}-ubyte`,
  (part) => `${part.replace(/-(?=idx)/, ".")}-ubyte`,
];
const MOST_NAMES_SHOWN = 8;

/**
 * Loads `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and their `t10k-` twins (or the spelling with a dot
 * before `idx`) from a folder. The values may be of any IDX type, whatever the names say. Without `classes` there is
 * one more class than the largest training label; the test set has the same.
 *
 * @throws UsageError when `classes` is no count of classes.
 * @throws DataError naming the folder or file, what is wrong and the cure.
 */
export async function loadIdxFolder(
  folder: string,
  options: { readonly classes?: number | undefined; readonly name?: string | undefined } = {},
): Promise<TrainingData> {
  const names = await listFolder(folder);
  const read = (part: string): Promise<Idx> => readIdxFile(folder, names, part);
  const images = await read("train-images-idx3");
  const train = toDataset(images, await read("train-labels-idx1"), options);
  const { classes } = train;
  const test = toDataset(await read("t10k-images-idx3"), await read("t10k-labels-idx1"), { classes });
  checkSameSizes(folder, train, test);
  const imageShape = imageShapeOf(images.shape);
  const description = imageShape === undefined ? {} : { imageShape };
  return { train, test, name: options.name ?? folder, description };
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    const cure = "Check the path; it must be a folder with the four IDX files.";
    throw fileFault(folder, "a readable folder", cure, cause);
  }
}

async function readIdxFile(folder: string, names: readonly string[], part: string): Promise<Idx> {
  const candidates = SPELLINGS.map((spell) => spell(part));
  const name = candidates.find((candidate) => names.includes(candidate));
  if (name === undefined) throw missing(folder, names, candidates);
  const file = join(folder, name);
  return parseIdx(await readBytes(file), file);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw fileFault(file, "a readable file", "Check that it is a file that this user may read.", cause);
  }
}

function missing(folder: string, names: readonly string[], candidates: readonly string[]): DataError {
  const packed = names.find((name) => candidates.some((candidate) => name === `${candidate}.gz`));
  return new DataError({
    file: folder,
    expected: `a file ${candidates.join(" or ")}`,
    found: names.length === 0 ? "an empty folder" : listed(names),
    cure:
      packed === undefined
        ? "Put the file there, or give the folder that has it."
        : `Unpack it first, for example with: gunzip ${join(folder, packed)}`,
  });
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES_SHOWN;
  return `${names.slice(0, MOST_NAMES_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
