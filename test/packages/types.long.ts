// The packed packages' types under three TypeScripts, with every check of a careful stranger on: the READMEs' own examples.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, snippets } from "../docs/snippets.ts";
import { type Consumer, consumer } from "./consumer.ts";
import { PLAIN_ENV } from "./runtimes.ts";

const run = promisify(execFile);
let project: Consumer;

const COMPILER_OPTIONS = {
  target: "es2023",
  lib: ["es2023"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  skipLibCheck: false,
  noEmit: true,
};

/** Node's own resolution, with a CommonJS file beside the modules; and a bundler's. */
const PROJECTS = {
  nodenext: { module: "nodenext", include: ["*.d.ts", "snippets/*.ts", "*.cts"] },
  bundler: { module: "esnext", moduleResolution: "bundler", include: ["*.d.ts", "snippets/*.ts"] },
};

beforeAll(async () => {
  project = await consumer();
  for (const { document, line, code } of snippets()) {
    // A module of its own, though it may import nothing.
    await project.write(`snippets/${document.replaceAll(/\W/g, "-")}-${line}.ts`, `${code}\nexport {};\n`);
  }
  // All that the examples and the types take from Node or a browser: no library of either is needed.
  await project.write(
    "engine.d.ts",
    "declare const console: { log(...values: unknown[]): void }; interface AbortSignal { readonly aborted: boolean }",
  );
  await project.write(
    "required.cts",
    `import core = require("@gradloom/core");
     const net: core.TwoLayerNet = new core.TwoLayerNet(2, 3, 2);
     const scores: core.Tensor = net.predict(core.tensor([[1, 2]]));
     // @ts-expect-error there are only two dtypes
     core.tensor([1], "float16");
     export = scores;`,
  );
  for (const [name, { include, ...options }] of Object.entries(PROJECTS)) {
    const compilerOptions = { ...COMPILER_OPTIONS, ...options };
    await project.write(`tsconfig.${name}.json`, JSON.stringify({ compilerOptions, include }));
  }
}, 60_000);
afterAll(async () => await project?.remove());

describe.each([
  ["5.9", "typescript-5"],
  ["6.0", "typescript-6"],
  ["7.0", "typescript"],
])("TypeScript %s", (version, module) => {
  const tsc = join(ROOT, "node_modules", module, "bin/tsc");
  const compile = async (...args: string[]): Promise<string> => {
    try {
      return (await run(process.execPath, [tsc, ...args], { cwd: project.folder, env: PLAIN_ENV })).stdout;
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };

  test("is the version asked for", async () => {
    expect(await compile("--version")).toContain(`Version ${version}.`);
  });

  test.each(Object.keys(PROJECTS))(
    "accepts every example, resolved as %s",
    { timeout: 60_000 },
    async (name) => {
      expect(await compile("-p", `tsconfig.${name}.json`)).toBe("");
    },
  );
});
