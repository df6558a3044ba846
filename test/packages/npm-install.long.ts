// The tarballs installed by npm into an empty project: the READMEs' examples run there on each Node.
// Not among the everyday tests, because npm may need the network: `pnpm test:packages`.
import { execFile } from "node:child_process";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { snippets } from "../docs/snippets.ts";
import { emptyProject } from "./consumer.ts";
import { type Packed, pack } from "./packing.ts";
import { PLAIN_ENV, RUNTIMES } from "./runtimes.ts";

const run = promisify(execFile);
let project: Awaited<ReturnType<typeof emptyProject>>;
let packed: readonly Packed[];

beforeAll(async () => {
  project = await emptyProject();
  packed = await pack(project.folder, join(project.folder, "unpacked"));
  await run(
    "npm",
    [
      "install",
      "--prefer-offline",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      ...packed.map(({ tarball }) => tarball),
    ],
    { cwd: project.folder, env: PLAIN_ENV },
  );
}, 300_000);
afterAll(async () => await project?.remove());

const shown = snippets().filter(({ document }) => document !== "ARCHITECTURE.md");

describe.each(RUNTIMES)("installed by npm, on Node $version", ({ path, version }) => {
  test.each(shown)(
    "$document, line $line",
    { timeout: 120_000 },
    async ({ document, line, code, output }) => {
      const name = `${document.replaceAll(/\W/g, "-")}-${line}-${version}.mjs`;
      const file = await project.write(name, stripTypeScriptTypes(code));
      const { stdout } = await run(path, [file], { cwd: project.folder, env: PLAIN_ENV });
      if (output !== undefined) expect(stdout.trim()).toBe(output.trim());
    },
  );

  test("the gradloom command trains", { timeout: 120_000 }, async () => {
    const bin = join(project.folder, "node_modules/.bin/gradloom");
    const args = [bin, "train", "--epochs", "1", "--limit", "1000", "--workers", "2", "--quiet"];
    const { stdout } = await run(path, args, { cwd: project.folder, env: PLAIN_ENV });
    expect(stdout).toMatch(/[0-9a-f]{64}/);
  });
});

test("npm installed what was packed, and nothing with an install script was needed", async () => {
  const { stdout } = await run("npm", ["ls", "--all", "--json"], { cwd: project.folder, env: PLAIN_ENV });
  const { dependencies } = JSON.parse(stdout) as { dependencies: Record<string, { resolved: string }> };
  for (const { name } of packed) expect(dependencies[name]?.resolved).toMatch(/^file:.*\.tgz$/);
});
