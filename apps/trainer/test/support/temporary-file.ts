// A file in a folder of its own, removed after the test.
import { join } from "node:path";
import { folderOf } from "./data-folder.ts";

/** Writes text or bytes and returns the path. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return join(folderOf({ [name]: bytes }), name);
}
