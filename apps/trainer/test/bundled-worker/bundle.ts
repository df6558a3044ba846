// Makes the workers' sources one file at the start of a run, and again before each re-run: starts of threads are what the
// tests spend most of their time on, and one file starts in a third of the time of sixty whose types must be stripped.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { TestProject } from "vitest/node";
import { BUNDLED_WORKER, MAPPED_WORKER, SOURCE_WORKER } from "./files.ts";

/** What vitest calls before a project's first test. @throws Error when the sources cannot be bundled. */
export default async function setup(project: TestProject): Promise<void> {
  await bundleWorker();
  project.onTestsRerun(bundleWorker);
}

async function bundleWorker(): Promise<void> {
  const bundle = await rolldown({
    input: fileURLToPath(SOURCE_WORKER),
    platform: "node",
    external: [/^node:/],
    resolve: { conditionNames: ["@gradloom/source", "node", "import", "default"] },
    // No parentheses that tell the engine to compile a CommonJS package's code at once.
    optimization: { pifeForModuleWrappers: false },
  });
  const { output } = await bundle.generate({
    file: fileURLToPath(BUNDLED_WORKER),
    format: "es",
    sourcemap: true,
    codeSplitting: false,
  });
  await bundle.close();
  const [chunk] = output;
  const { map } = chunk;
  if (map === null) throw new Error("rolldown made no source map of the workers' file.");
  const sources = { ...map, sourcesContent: [] };
  await replaceFile(new URL(`${BUNDLED_WORKER}.map`), JSON.stringify(sources));
  await replaceFile(BUNDLED_WORKER, chunk.code);
  await replaceFile(MAPPED_WORKER, MAPPED);
}

/** Stacks name the sources: the engine reads a map as it loads a file, if it has been told to before. */
const MAPPED = `import { setSourceMapsSupport } from "node:module";
setSourceMapsSupport(true, { nodeModules: true });
export const { default: work } = await import("./worker.js");
export default work;
`;

/** Another run's threads, which may be reading it, see one file or the other. */
async function replaceFile(file: URL, text: string): Promise<void> {
  await mkdir(dirname(fileURLToPath(file)), { recursive: true });
  const written = new URL(`${file}.${process.pid}`);
  await writeFile(written, text);
  await rename(written, file);
}
