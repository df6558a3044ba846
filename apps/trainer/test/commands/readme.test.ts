// What the README shows of the commands beside train: lines that the program takes, and drawings that it makes.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/fake-cli.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const lines = [
  ...readme.matchAll(/^npx gradloom ((?:evaluate|predict|export|explain|gradcheck|doctor)\b.*)$/gm),
];
const commands = lines.map(([, line = ""]) => line.replace(/ [<>|] .*$/, "").replace(" - ", " no-such.csv "));

describe("README", () => {
  test("shows each command", () => {
    const shown = new Set(commands.map((line) => line.split(" ")[0]));
    expect([...shown].sort()).toEqual(["doctor", "evaluate", "explain", "export", "gradcheck", "predict"]);
  });

  // What runs without any file is run by other tests.
  test.each(commands.filter((line) => line.includes("--model")))("gradloom %s is taken", async (line) => {
    const { code, stderr } = await runCli(line.split(/\s+/).filter((word) => word !== ""));
    expect([code, stderr]).toEqual([3, expect.stringContaining("nothing at that path")]);
  });

  test("its drawing of the apples and oranges is the program's", async () => {
    const { stdout } = await runCli(["explain", "orange"]);
    const drawing = stdout.slice(stdout.indexOf("  apple price"), stdout.indexOf("\n\nAbove an edge"));
    expect(drawing.split("\n")).toHaveLength(15);
    expect(readme).toContain(`\`\`\`text\n${drawing}\n\`\`\``);
  });
});
