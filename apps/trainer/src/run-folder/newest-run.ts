// The run that was at work last, for those who name no folder.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { METRICS_FILE } from "./run-files.ts";

/**
 * The folder below `parent` whose metrics were written to last.
 *
 * @param asked what the user has written, for the message
 * @throws UsageError when there is no run.
 */
export async function newestRun(parent: string, asked: string): Promise<string> {
  const names = await readdir(parent).catch(() => []);
  let newest: { readonly folder: string; readonly time: number } | undefined;
  for (const name of names) {
    const folder = join(parent, name);
    const time = await lastWritten(join(folder, METRICS_FILE));
    if (time !== undefined && (newest === undefined || time >= newest.time)) newest = { folder, time };
  }
  if (newest !== undefined) return newest.folder;
  throw new UsageError(`${asked}: there is no run in ${parent}. Give the folder of one: ${asked} runs/001`);
}

async function lastWritten(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}
