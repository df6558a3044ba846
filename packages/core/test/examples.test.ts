// Every example runs, and prints what the examples' page says it prints.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL("../examples/", import.meta.url));
const page = readFileSync(`${FOLDER}README.md`, "utf8");

/** File names in the order of the page, each with the text block of its section. */
const shown = page
  .split("\n## ")
  .slice(1)
  .map((section) => ({
    file: /\]\((.+?\.ts)\)/.exec(section)?.[1] ?? "",
    output: /```text\n(.*?)\n```/s.exec(section)?.[1],
  }));

describe("the examples", () => {
  test("are all on the page, in order", () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
    expect(shown.map(({ file }) => file)).toEqual(files.sort());
    expect(files).toHaveLength(8);
  });

  test.each(shown)("$file prints what the page says", async ({ file, output }) => {
    // execArgv carries the tests' own condition: sources instead of builds.
    const { stdout } = await run(process.execPath, [...process.execArgv, file], { cwd: FOLDER });
    expect(stdout.trimEnd()).toBe(output);
  });

  test("import @gradloom/core, and beside it only Node's modules and ndarray", () => {
    for (const { file } of shown) {
      const imports = [...readFileSync(FOLDER + file, "utf8").matchAll(/from "(.+?)"/g)].map(
        ([, name]) => name,
      );
      expect(imports.length).toBeGreaterThan(0);
      for (const name of imports) expect(name).toMatch(/^(@gradloom\/core|ndarray|node:.+)$/);
    }
  });
});
