// What would be published: manifests without traces of the workspace, clean for publint and attw, no larger than said.
import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript-5";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../docs/snippets.ts";
import { type Consumer, consumer } from "./consumer.ts";
import { PACKAGES, type Packed } from "./packing.ts";
import { PLAIN_ENV } from "./runtimes.ts";

const run = promisify(execFile);
let project: Consumer;

beforeAll(async () => {
  project = await consumer();
}, 60_000);
afterAll(async () => await project?.remove());

function packed(name: string): Packed {
  const found = project.packed.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} was not packed`);
  return found;
}

describe.each(PACKAGES)("the tarball of $name", ({ name }) => {
  test("holds the build, the sources, the page and the license, and nothing that is not needed", async () => {
    const files = await readdir(packed(name).folder, { recursive: true });
    for (const wanted of ["dist/index.js", "dist/index.d.ts", "src/index.ts", "README.md", "LICENSE"]) {
      expect(files).toContain(wanted);
    }
    const unwanted = files.filter((file) =>
      /(^|\/)(test|fixtures|node_modules|\.turbo|assembly)(\/|$)|\.test\./.test(file),
    );
    expect(unwanted).toEqual([]);
  });

  test("has a manifest without workspace versions, and exports that lead to the build alone", async () => {
    const text = await readFile(join(packed(name).folder, "package.json"), "utf8");
    expect(text).not.toMatch(/workspace:|catalog:/);
    expect(JSON.stringify(packed(name).manifest.exports)).not.toMatch(/@gradloom\/source|\/src\//);
    expect(packed(name).manifest.dependencies).not.toHaveProperty("typescript");
  });

  test("has a map for every declaration, whose sources are in the tarball", async () => {
    const { folder } = packed(name);
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter(
      (file) => /^dist\/.*\.d\.ts$/.test(file) && !file.includes("generated"),
    )) {
      const map = JSON.parse(await readFile(join(folder, `${file}.map`), "utf8")) as { sources: string[] };
      for (const source of map.sources) {
        await expect(
          stat(join(folder, file, "..", source)),
          `${file} comes from ${source}`,
        ).resolves.toBeDefined();
      }
    }
  });

  test("has all declarations that dist/index.d.ts leads to, and no other", async () => {
    const { folder } = packed(name);
    const reached = ["dist/index.d.ts"];
    for (const file of reached) {
      const { importedFiles } = ts.preProcessFile(await readFile(join(folder, file), "utf8"));
      for (const { fileName } of importedFiles) {
        if (!fileName.startsWith(".")) continue;
        const imported = join(file, "..", fileName).replace(/\.[jt]s$/, ".d.ts");
        if (!reached.includes(imported)) reached.push(imported);
      }
    }
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((file) => /^dist\/.*\.d\.ts$/.test(file)).toSorted()).toEqual(reached.toSorted());
  });

  test("publint has nothing to say", async () => {
    const { messages, pkg } = await publint({ pkgDir: packed(name).folder, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("attw finds the right types for every way of import", { timeout: 60_000 }, async () => {
    const attw = join(ROOT, "node_modules/.bin/attw");
    const { stdout } = await run(attw, [packed(name).tarball, "--profile", "esm-only", "--format", "json"], {
      env: PLAIN_ENV,
      maxBuffer: 2 ** 24,
    });
    const { problems } = JSON.parse(stdout) as { problems?: Record<string, unknown> };
    const { CJSResolvesToESM, NoResolution, ...others } = problems ?? {};
    expect(others).toEqual({});
  });

  test("is no larger than the README says", async () => {
    const readme = await readFile(join(ROOT, "README.md"), "utf8");
    const row = new RegExp(String.raw`^\| .${name}. \| (\d+) kB \| (\d+) kB \|$`, "m").exec(readme);
    const [, download = 0, installed = 0] = (row ?? []).map(Number);
    expect(download, "the README's table of sizes names the package").toBeGreaterThan(0);
    expect((await stat(packed(name).tarball)).size).toBeLessThan(download * 1000);
    expect(await sizeOf(packed(name).folder)).toBeLessThan(installed * 1000);
  });
});

async function sizeOf(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) total += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return total;
}
