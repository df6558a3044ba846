// Runs Python with NumPy for tests whose truth comes from there, and says why when it cannot.
import { execFileSync } from "node:child_process";

/** Undefined when python3 has NumPy; else the reason for a skip. */
export const noNumpy: string | undefined = missing();

function missing(): string | undefined {
  try {
    execFileSync("python3", ["-c", "import numpy"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "python3 with NumPy is not installed";
  }
}

/** What a script prints, parsed as JSON; its arguments are in sys.argv. */
export function python(script: string, ...args: string[]): unknown {
  return JSON.parse(execFileSync("python3", ["-c", script, ...args], { encoding: "utf8" }));
}
