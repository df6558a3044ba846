// The packed packages in Node, without a build step: imported, and required by CommonJS.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Consumer, consumer } from "./consumer.ts";
import { PACKAGES } from "./packing.ts";
import { PLAIN_ENV, RUNTIMES } from "./runtimes.ts";

const run = promisify(execFile);
let project: Consumer;

beforeAll(async () => {
  project = await consumer();
}, 60_000);
afterAll(async () => await project?.remove());

describe.each(RUNTIMES)("on Node $version", ({ path, version }) => {
  const node = async (file: string): Promise<{ stdout: string; stderr: string }> =>
    await run(path, [file], { cwd: project.folder, env: PLAIN_ENV });

  test("CommonJS gets every package with require, and computes with it", async () => {
    const file = await project.write(
      `required-${version}.cjs`,
      `const { createKernels } = require("@gradloom/kernels");
       const { Affine, tensor } = require("@gradloom/core");
       const { train } = require("gradloom");
       const affine = new Affine(tensor([[1, 2], [3, 4]]), tensor([10, 20]), { kernels: createKernels() });
       console.log([...affine.forward(tensor([1, 1])).data].join(" "), typeof train);`,
    );
    const { stdout, stderr } = await node(file);
    expect(stdout.trim()).toBe("14 26 function");
    expect(stderr).toBe("");
  });

  test("require and import give the same classes", async () => {
    const names = JSON.stringify(PACKAGES.map(({ name }) => name));
    const file = await project.write(
      `both-${version}.mjs`,
      `import { createRequire } from "node:module";
       const require = createRequire(import.meta.url);
       for (const name of ${names}) console.log(name, require(name) === (await import(name)));`,
    );
    expect((await node(file)).stdout).toBe(PACKAGES.map(({ name }) => `${name} true\n`).join(""));
  });

  test("importing compiles nothing and starts nothing", async () => {
    const file = await project.write(
      `import-${version}.mjs`,
      `WebAssembly.Module = class { constructor() { throw new Error("compiled") } };
       for (const name of ${JSON.stringify(PACKAGES.map(({ name }) => name))}) await import(name);
       console.log(process.getActiveResourcesInfo().filter((kind) => /Worker|Port|Timeout|Process/.test(kind)).length);`,
    );
    expect((await node(file)).stdout.trim()).toBe("0");
  });
});
