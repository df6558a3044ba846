// The help of the commands beside train: examples first, and examples that the program really takes.
import { describe, expect, test } from "vitest";
import { runCli } from "../support/fake-cli.ts";

const COMMANDS = ["evaluate", "predict", "export", "gradcheck", "explain", "doctor"];

async function helpOf(command: string): Promise<string> {
  const { code, stdout, stderr } = await runCli([command, "--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

describe.each(COMMANDS)("%s", (command) => {
  test("its help starts with examples, fits 80 columns but for them, and offers --json", async () => {
    const text = await helpOf(command);
    expect(text).toMatch(new RegExp(`^Examples:\n {2}gradloom ${command}`));
    expect(text).toContain("--json");
    const rest = text.slice(text.indexOf("Usage:"));
    for (const line of rest.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  test("the program knows every option of its examples", async () => {
    const examples = [...(await helpOf(command)).matchAll(/^ {2}gradloom (\S.*)$/gm)].map(
      ([, line = ""]) => line,
    );
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      const args = (example.split(/ {2,}| [<>&|]/)[0] ?? "").split(" ");
      // What runs without any file is run by other tests.
      if (!args.includes("--model")) continue;
      const { code, stderr } = await runCli(args);
      expect([code, stderr], example).toEqual([3, expect.stringContaining("expected a readable")]);
    }
  });

  test("an unknown option is a usage error that points to the command's own help", async () => {
    expect(await runCli([command, "--jsno"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `gradloom: unknown option '--jsno'. Did you mean --json?\nSee: gradloom ${command} --help\n`,
    });
  });
});

test("the program's own help lists them all", async () => {
  const { stdout } = await runCli(["--help"]);
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  for (const command of ["train", ...COMMANDS]) expect(listed).toContain(command);
});
