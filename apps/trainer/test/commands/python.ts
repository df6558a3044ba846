// Python as a second opinion, where the machine has it with the module that is asked for.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export function hasPython(module: string): boolean {
  try {
    execFileSync("python3", ["-c", `import ${module}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** What a fixture program prints, as JSON. */
export function python(fixture: string, ...args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  return JSON.parse(execFileSync("python3", [path, ...args], { encoding: "utf8", maxBuffer: 2 ** 26 }));
}
