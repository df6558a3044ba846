// The built packages on the machine's own Node, the one their users have: loaded by name, trained with, same bits.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ROOT } from "../docs/snippets.ts";
import { machineNode } from "./machine-node.ts";

const run = promisify(execFile);
const TRAINER = join(ROOT, "apps/trainer");

/** What a Node prints for arguments, with nothing of the test runner's environment. */
async function node(path: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(path, args, { cwd: TRAINER, env: { ...process.env, NODE_OPTIONS: "" } });
  return stdout;
}

const own = machineNode();

describe.skipIf(own === undefined)(`the built packages on the machine's own Node ${own?.version}`, () => {
  const path = own?.path ?? "";

  test.each(["@gradloom/kernels", "@gradloom/core", "@gradloom/collective", "gradloom"])(
    "%s resolves to its build and loads",
    async (name) => {
      const code = `const m = await import("${name}"); console.log(import.meta.resolve("${name}"), Object.keys(m).length)`;
      const [resolved = "", exported] = (await node(path, ["--input-type=module", "--eval", code]))
        .trim()
        .split(" ");
      expect(resolved).toMatch(/\/dist\/index\.js$/);
      expect(Number(exported)).toBeGreaterThan(3);
    },
  );

  test("training gives the same SHA-256 there as on the pinned Node", async () => {
    const args = [
      "dist/main.js",
      "train",
      "--workers",
      "2",
      "--epochs",
      "1",
      "--limit",
      "1500",
      "--quiet",
      "--reproducible",
    ];
    const sha256 = (stdout: string): string | undefined => /[0-9a-f]{64}/.exec(stdout)?.[0];
    const there = sha256(await node(path, args));
    expect(there).toBeDefined();
    expect(there).toBe(sha256(await node(process.execPath, args)));
  });
});
