// What lies at a path: a folder or a file, or an error that says what is the matter.
import { stat } from "node:fs/promises";
import { fileFault } from "./file-fault.ts";

/** @throws DataError when nothing that may be looked at is there. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw fileFault(path, "a file or folder of data", "Check the path.", cause);
  }
}
