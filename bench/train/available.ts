// Finds out who can run on this machine: which Python has a module, which packages bench/peers holds.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import type { Contestant, Requirement } from "./contestants.ts";

/** A program to start contestants with, or undefined when what they need is not installed. */
export type Runtimes = ReadonlyMap<string, string | undefined>;

const peers = createRequire(new URL("../peers/package.json", import.meta.url));

/** The runtime for each contestant's name; each requirement is looked for once. */
export function findRuntimes(contestants: readonly Pick<Contestant, "name" | "needs">[]): Runtimes {
  const known = new Map<string, string | undefined>();
  const runtimeFor = (needs: Requirement | undefined): string | undefined => {
    if (needs === undefined) return process.execPath;
    const key = `${needs.language} ${needs.modules.join(" ")}`;
    if (!known.has(key)) {
      known.set(key, needs.language === "python" ? pythonWith(needs.modules) : nodeWith(needs.modules));
    }
    return known.get(key);
  };
  return new Map(contestants.map(({ name, needs }) => [name, runtimeFor(needs)]));
}

/** The first Python that imports all modules: $PYTHON, then the one on PATH, then the system's. */
function pythonWith(modules: readonly string[]): string | undefined {
  const candidates = [process.env.PYTHON ?? "", "python3", "/usr/bin/python3"].filter((path) => path !== "");
  return candidates.find((python) => {
    try {
      execFileSync(python, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore", timeout: 60_000 });
      return true;
    } catch {
      return false;
    }
  });
}

function nodeWith(modules: readonly string[]): string | undefined {
  const folders = modules.map((name) =>
    (peers.resolve.paths(name) ?? []).find((folder) => hasPackage(folder, name)),
  );
  return folders.includes(undefined) ? undefined : process.execPath;
}

function hasPackage(folder: string, name: string): boolean {
  try {
    peers.resolve(`${folder}/${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
