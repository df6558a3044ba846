// Python as a second opinion, where the machine has one with the module that is asked for.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The first on the PATH, and the system's own: PyTorch may be installed for either. */
const PROGRAMS = ["python3", "/usr/bin/python3"];

/** A Python that can import the module; undefined when there is none. */
export function pythonWith(module: string): string | undefined {
  return PROGRAMS.find((program) => {
    try {
      execFileSync(program, ["-c", `import ${module}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

/** What a fixture program prints, as JSON. */
export function runFixture(python: string, fixture: string, ...args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  const stdio = ["ignore", "pipe", "ignore"] as const;
  return JSON.parse(
    execFileSync(python, [path, ...args], { encoding: "utf8", maxBuffer: 2 ** 26, stdio: [...stdio] }),
  );
}
