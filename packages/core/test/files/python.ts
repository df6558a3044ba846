// NumPy as a second opinion, where the machine has it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Why NumPy cannot be asked here, or undefined when it can. */
export function numpyMissing(): string | undefined {
  try {
    execFileSync("python3", ["-c", "import numpy"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "python3 with NumPy is not installed";
  }
}

/** What a fixture program prints, as JSON. */
export function python(fixture: string, ...args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url));
  return JSON.parse(execFileSync("python3", [path, ...args], { encoding: "utf8", maxBuffer: 2 ** 26 }));
}

/** Runs f with a folder that is gone afterwards. */
export function inTemporaryFolder<T>(f: (file: (name: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "gradloom-"));
  try {
    return f((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
