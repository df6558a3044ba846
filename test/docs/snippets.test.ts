// Every ts block of the READMEs runs against the built packages and prints what the page says,
// on the pinned Node and on the machine's own.
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machineNode } from "../machine-node/machine-node.ts";
import { ROOT, snippets } from "./snippets.ts";

// Inside the trainer's package all three packages resolve by name, to their builds. Two runs at once keep apart.
const FOLDER = join(ROOT, "apps/trainer/.snippets", String(process.pid));
const run = promisify(execFile);

const own = machineNode();
const runtimes = [{ path: process.execPath, version: process.version }, ...(own === undefined ? [] : [own])];

beforeAll(async () => void (await mkdir(FOLDER, { recursive: true })));
afterAll(async () => await rm(FOLDER, { recursive: true, force: true }));

describe.each(runtimes)("on Node $version", ({ path, version }) => {
  test.each(snippets())("$document, line $line", async ({ document, line, code, output }) => {
    const file = join(FOLDER, `${document.replaceAll(/\W/g, "-")}-${line}-${version}.mjs`);
    await writeFile(file, stripTypeScriptTypes(code));
    const { stdout } = await run(path, [file], { cwd: FOLDER, env: { ...process.env, NODE_OPTIONS: "" } });
    if (output !== undefined) expect(stdout.trim()).toBe(output.trim());
  });
});

test("the machine's own Node is one the packages support", () => {
  if (own === undefined) return;
  const [major = 0, minor = 0] = own.version.slice(1).split(".").map(Number);
  expect(major > 20 || (major === 20 && minor >= 19), `${own.path} is ${own.version}`).toBe(true);
});

test("there is something to run", () => {
  expect(snippets().length).toBeGreaterThanOrEqual(3);
});
