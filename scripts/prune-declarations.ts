// Takes those declarations out of dist that dist/index.d.ts does not lead to: a package's `exports` let nobody import them.
//
// node ../../scripts/prune-declarations.ts   in the package's folder, after tsc
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, normalize } from "node:path";

const DECLARATION = /\.d\.ts(\.map)?$/;
const reached = new Set<string>();

reach(join("dist", "index"), "package.json");
for (const entry of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
  const file = join("dist", entry);
  if (DECLARATION.test(file) && !reached.has(file.replace(DECLARATION, ""))) rmSync(file);
}

/** Notes a module, named without its ending, and all that its declarations import. @throws Error where one is missing. */
function reach(module: string, from: string): void {
  if (reached.has(module)) return;
  reached.add(module);
  const file = `${module}.d.ts`;
  if (!existsSync(file))
    throw new Error(`${file} is missing, which ${from} names, perhaps in a comment only.`);
  // Every quoted relative path, those in comments too.
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/["'](\.\.?\/[^"'\n]+)\.[jt]s["']/g)) {
    reach(normalize(join(module, "..", path)), file);
  }
}
