// What importing the built packages costs, in ms: each import in a process of its own, beside that of an empty module.
//
// node bench/kernels/import-time.ts [rounds]   after `pnpm build`; on this Node and on the machine's own
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine, machine } from "../report/machine.ts";
import { median } from "../report/median.ts";
import { table } from "../report/table.ts";

const rounds = Number(process.argv[2] ?? 20);
const kernels = new URL("../../packages/kernels/", import.meta.url);
const require = createRequire(new URL("package.json", kernels));

/** What is imported. ndarray and gemv by themselves say what they would cost if the kernels' file did not hold them. */
const IMPORTS = {
  "an empty module": "data:text/javascript,",
  "@gradloom/kernels": new URL("dist/index.js", kernels).href,
  "@gradloom/core": new URL("../core/dist/index.js", kernels).href,
  "ndarray alone": `file://${require.resolve("ndarray")}`,
  "gemv alone": `file://${require.resolve("ndarray-blas-level2/gemv.js")}`,
};

const CLOCK = `const start = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - start);`;

function timed(node: string, url: string): number {
  const stdout = execFileSync(node, ["--input-type=module", "--eval", CLOCK, url], { encoding: "utf8" });
  return Number(stdout);
}

/** This Node, and the first on PATH that is no package of this workspace. */
function nodes(): string[] {
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const own = folders.map((folder) => join(folder, "node")).find((path) => existsSync(path));
  return own === undefined ? [process.execPath] : [process.execPath, own];
}

if (!existsSync(fileURLToPath(IMPORTS["@gradloom/core"]))) {
  console.error("The packages are not built. Run: npx pnpm@12 build");
  process.exit(1);
}
console.log(describeMachine(machine()));
for (const node of nodes()) {
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  const times = new Map(Object.keys(IMPORTS).map((name): [string, number[]] => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, url] of Object.entries(IMPORTS)) {
      const took = timed(node, url);
      // The round before the first brings the files into memory.
      if (round >= 0) times.get(name)?.push(took);
    }
  }
  const empty = median(times.get("an empty module") ?? []);
  const rows = [...times].map(([name, taken]) => [
    name,
    ...[median(taken), Math.min(...taken), median(taken) - empty].map((ms) => ms.toFixed(1)),
  ]);
  console.log(`\nNode ${version}, ms, ${rounds} rounds`);
  console.log(table(["import of", "median", "best", "beyond an empty module"], rows));
}
