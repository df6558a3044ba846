// Reads classes.txt: the names of the classes, one a line, in the order of their numbers.
import { isUtf8 } from "node:buffer";
import { DataError } from "../errors.ts";
import { readBytes } from "./read-bytes.ts";

/**
 * Spaces around a name, and empty lines at the end, are no part of it.
 *
 * @throws DataError for an empty line, a name that comes twice, or a number of names other than `classes`.
 */
export async function readClassNames(file: string, classes: number | undefined): Promise<readonly string[]> {
  const bytes = await readBytes(file);
  const cure = "Write the name of each class on a line of its own, in the order of their numbers.";
  if (!isUtf8(bytes)) throw new DataError({ file, expected: "text in UTF-8", found: "other bytes", cure });
  const text = new TextDecoder().decode(bytes);
  const names = text
    .trimEnd()
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
  const seen = new Set<string>();
  const at = names.findIndex((name) => name === "" || seen.size === seen.add(name).size);
  if (at >= 0) {
    const found = names[at] === "" ? "an empty line" : `${JSON.stringify(names[at])} once more`;
    throw new DataError({ file, line: at + 1, expected: "a name of its own for each class", found, cure });
  }
  if (classes === undefined || classes === names.length) return names;
  throw new DataError({ file, expected: `${classes} names, one a class`, found: `${names.length}`, cure });
}
