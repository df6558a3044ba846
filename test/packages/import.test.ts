// What an import of a packed package reads: few files and nothing of WebAssembly, which is what keeps it short.
// The time itself is measured by bench/kernels/import-time.ts: clocks have no place in a test.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, consumer } from "./consumer.ts";
import { PLAIN_ENV } from "./runtimes.ts";

const run = promisify(execFile);
let project: Consumer;

beforeAll(async () => {
  project = await consumer();
}, 60_000);
afterAll(async () => await project?.remove());

interface Import {
  /** The files that were loaded, from the folder of their package on. */
  readonly files: readonly string[];
  /** The members of WebAssembly that were looked at. */
  readonly touched: readonly string[];
}

/** Imports a package in a process of its own, where loading and WebAssembly are watched. */
async function importAlone(name: string): Promise<Import> {
  const file = await project.write(
    `${name.replaceAll(/\W/g, "-")}.mjs`,
    `import { registerHooks } from "node:module";
     const files = [];
     const touched = [];
     registerHooks({ load(url, context, load) { files.push(url); return load(url, context); } });
     globalThis.WebAssembly = new Proxy(WebAssembly, {
       get(target, name) { touched.push(String(name)); return Reflect.get(target, name); },
     });
     await import(${JSON.stringify(name)});
     console.log(JSON.stringify({ files: files.map((url) => url.split("/node_modules/").at(-1)), touched }));`,
  );
  const { stdout } = await run(process.execPath, [file], { cwd: project.folder, env: PLAIN_ENV });
  return JSON.parse(stdout) as Import;
}

test("importing the kernels loads one file, and does not even look at WebAssembly", async () => {
  expect(await importAlone("@gradloom/kernels")).toEqual({
    files: ["@gradloom/kernels/dist/index.js"],
    touched: [],
  });
});

test("importing the kernels runs no function but what puts off the packages in their file", async () => {
  const file = await project.write(
    "coverage.mjs",
    `import { Session } from "node:inspector";
     const session = new Session();
     session.connect();
     session.post("Profiler.enable");
     session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
     await import("@gradloom/kernels");
     session.post("Profiler.takePreciseCoverage", (error, { result }) => {
       const { functions } = result.find(({ url }) => url.endsWith("/kernels/dist/index.js"));
       const run = functions.filter(({ ranges }) => ranges[0].count > 0);
       console.log(JSON.stringify(run.map(({ ranges: [{ startOffset, endOffset }] }) => endOffset - startOffset)));
     });`,
  );
  const { stdout } = await run(process.execPath, [file], { cwd: project.folder, env: PLAIN_ENV });
  const [whole = 0, ...others] = JSON.parse(stdout) as number[];
  expect(whole).toBeGreaterThan(100_000);
  // The one that wraps a package of CommonJS; the packages themselves are some thousands of characters.
  expect(others.length).toBe(1);
  expect(others[0]).toBeLessThan(100);
});

test("importing core loads its one file and the kernels' one", async () => {
  const { files, touched } = await importAlone("@gradloom/core");
  expect(files.toSorted()).toEqual(["@gradloom/core/dist/index.js", "@gradloom/kernels/dist/index.js"]);
  expect(touched).toEqual([]);
});

test("core makes its arrays with the kernels' copy of ndarray: two copies' classes slow down every short call", async () => {
  const file = await project.write(
    "classes.mjs",
    `import { layout, windows } from "@gradloom/core";
     import { Arena, createKernels, ndarray } from "@gradloom/kernels";
     const [flat, W] = [ndarray(new Float32Array(16)), ndarray(new Float32Array(6), [2, 3])];
     const made = [
       windows(layout({ W: [2, 3] }), flat).W,
       Arena.create({ byteLength: 65536 }).allocate("float32", [2, 3]),
       createKernels().zeros([2, 3]),
     ];
     console.log(made.map((t) => Object.getPrototypeOf(t) === Object.getPrototypeOf(W)).join(" "));`,
  );
  const { stdout } = await run(process.execPath, [file], { cwd: project.folder, env: PLAIN_ENV });
  expect(stdout.trim()).toBe("true true true");
});
