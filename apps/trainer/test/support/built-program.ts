// The built `gradloom` as a process, and what it writes to stdout.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** @throws Error with the program's stderr when it does not end with 0. */
export async function gradloom(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], {
    cwd,
    // The tests run from sources; this is what is published.
    env: { ...process.env, NODE_OPTIONS: "" },
    maxBuffer: 2 ** 27,
  });
  return stdout;
}
