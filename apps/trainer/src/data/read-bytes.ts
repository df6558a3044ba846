// A whole file in memory.
import { readFile } from "node:fs/promises";
import { fileFault } from "./file-fault.ts";

/** @throws DataError saying why the file cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw fileFault(file, "a readable file", "Check that it is a file that this user may read.", cause);
  }
}
