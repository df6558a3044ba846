// What importing the built packages costs, in ms: each import in a process of its own, beside that of an empty file.
//
// The import is a module's that is a file itself, as every program's is. In a program from --eval the first import of a
// file also pays for what Node sets up to read files at all, which says nothing about the package: a column of its own.
//
// node bench/kernels/import-time.ts [rounds]   after `pnpm build`; on this Node and on the machine's own
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine, machine } from "../report/machine.ts";
import { median } from "../report/median.ts";
import { table } from "../report/table.ts";

const rounds = Number(process.argv[2] ?? 20);
const kernels = new URL("../../packages/kernels/", import.meta.url);
const require = createRequire(new URL("package.json", kernels));

const clock = fileURLToPath(new URL("import-clock.mjs", import.meta.url));
const empty = new URL("empty-module.mjs", import.meta.url).href;

/** What is imported. ndarray and gemv by themselves say what they would cost if the kernels' file did not hold them. */
const IMPORTS = {
  "an empty file": empty,
  "@gradloom/kernels": new URL("dist/index.js", kernels).href,
  "@gradloom/core": new URL("../core/dist/index.js", kernels).href,
  "ndarray alone": `file://${require.resolve("ndarray")}`,
  "gemv alone": `file://${require.resolve("ndarray-blas-level2/gemv.js")}`,
};

interface Times {
  readonly name: string;
  readonly url: string;
  /** What each import took, in ms. */
  readonly file: number[];
  readonly eval: number[];
}

/** How the clock is started: as a file, or as a program without one. */
const PROGRAMS = {
  file: [clock],
  eval: ["--input-type=module", "--eval", readFileSync(clock, "utf8")],
};

function timed(node: string, program: keyof typeof PROGRAMS, url: string): number {
  const env = { ...process.env, IMPORTED: url };
  return Number(execFileSync(node, PROGRAMS[program], { encoding: "utf8", env }));
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
  const times = Object.entries(IMPORTS).map(([name, url]) => ({ name, url, file: [], eval: [] }) as Times);
  for (let round = -1; round < rounds; round++) {
    for (const time of times) {
      for (const program of ["file", "eval"] as const) {
        const took = timed(node, program, time.url);
        // The round before the first brings the files into memory.
        if (round >= 0) time[program].push(took);
      }
    }
  }
  const floor = median(times[0].file);
  const rows = times.map(({ name, file, eval: evaluated }) => [
    name,
    ...[median(file), Math.min(...file), median(file) - floor, Math.min(...evaluated)].map((ms) =>
      ms.toFixed(1),
    ),
  ]);
  console.log(`\nNode ${version}, ms, ${rounds} rounds`);
  console.log(table(["import of", "median", "best", "beyond an empty file", "best under --eval"], rows));
}
