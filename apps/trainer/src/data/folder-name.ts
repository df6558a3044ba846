// What a folder of data is called in titles, reports and models.
import { basename, resolve } from "node:path";

/** As it was written; "." and ".." are no names, but the folder they lead to has one. */
export function folderName(folder: string): string {
  return /^[./\\]*$/.test(folder) ? basename(resolve(folder)) || folder : folder;
}
