// Help, version, and the README's table of options, which is the program's own.

import type { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { CliIo } from "../../src/cli/io.ts";
import { createProgram } from "../../src/cli/program.ts";
import { runCli, sampleTrain, withNet } from "../support/fake-cli.ts";
import { fakeTerminal } from "../support/fake-terminal.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("help", () => {
  test.each([[["train", "--help"]], [["help", "train"]], [["train", "-h"]]])(
    "%j starts with examples",
    async (args) => {
      const { code, stdout, stderr } = await runCli(args);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^Examples:\n {2}gradloom train /);
      expect(stdout).toContain("--batch-size <n>");
    },
  );

  test.each([[[]], [["--help"]], [["help"]]])("%j shows the program's help on stdout", async (args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Examples:[\s\S]*Commands:\n {2}train/);
  });
});

test("--version is the package's", async () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await runCli(["--version"])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
});

describe("README", () => {
  const noSignals = { on: () => noSignals, off: () => noSignals, exit: () => {} } as unknown as EventEmitter &
    CliIo["signals"];
  const program = createProgram({
    stdout: fakeTerminal(),
    stderr: fakeTerminal(),
    env: {},
    cwd: ".",
    signals: noSignals,
    loadTrain: async () => withNet(sampleTrain),
  });
  const options = program.commands.find((command) => command.name() === "train")?.options ?? [];

  test("the table of options is the program's", () => {
    const rows = options.map((option) => {
      const shown = option.defaultValueDescription ?? "";
      return `| \`${option.flags}\` | ${shown === "one per core" || shown === "" ? shown : `\`${shown}\``} | ${option.description} |`;
    });
    expect(options.length).toBeGreaterThan(10);
    expect(readme.split("\n").filter((line) => line.startsWith("| `--"))).toEqual(rows);
  });

  test("every command it shows is one that the program takes", async () => {
    const commands = readme.match(/^npx (gradloom|pnpm@12) train.*$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) {
      const args = command.replace(/^npx \S+ /, "").replace(/ [>|].*$/, "");
      const { stderr } = await runCli(args.split(/\s+/).filter(Boolean));
      // The example's own data are not here, and that is all that may be wrong.
      const missing = /--data/.test(args)
        ? /expected a file or folder of data, found nothing at that path/
        : "";
      expect(stderr.replace(missing, "")).not.toMatch(/unknown|expected/);
    }
  });
});
