// Every shell command that the READMEs and the pages behind them show is known here, and either runs here or says where else it runs.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type Command, commands, ROOT } from "./snippets.ts";

const run = promisify(execFile);

/** Commands that cannot run inside the tests, and where they do run. */
const ELSEWHERE: readonly { readonly command: RegExp; readonly where: string }[] = [
  { command: /^npx pnpm@12 test$/, where: "it is what runs this test" },
  {
    command: /^npx pnpm@12 (check|format|changeset)$/,
    where: "continuous integration lints; the others edit files",
  },
  {
    command:
      /^npm install ((@gradloom\/kernels|@gradloom\/core|@gradloom\/collective|gradloom|koffi|ndarray)( |$))+/,
    where: "needs a published package",
  },
  { command: /^mpirun /, where: "needs an MPI: `npx pnpm test:mpi` runs its like" },
  { command: /^npx gradloom /, where: "the installed form of `npx pnpm@12`: run below from the workspace" },
];

const all = commands();
const here = all.filter(({ command }) => !ELSEWHERE.some((known) => known.command.test(command)));

/** The command as it runs here: an installed `gradloom` is the workspace's. */
async function execute({ command }: Command): Promise<{ stdout: string; stderr: string }> {
  const [program = "", ...args] = command.split(/\s+/);
  return await run(program, args, { cwd: ROOT, env: { ...process.env, CI: "true" }, maxBuffer: 2 ** 24 });
}

/** What a line, a launcher's too, asks gradloom to train, where no settings come from a file. */
const trainings = all.flatMap(({ command, ...place }) => {
  const [, args] = /(?:^| )gradloom (train\b[^>]*)/.exec(command) ?? [];
  return args === undefined || /--(resume|config)\b/.test(args) ? [] : [{ ...place, args: args.trim() }];
});

describe("commands of the READMEs", () => {
  test("the two commands are there", () => {
    const readme = all.filter(({ document }) => document === "README.md").map(({ command }) => command);
    expect(readme).toContain("npx pnpm@12 train");
    expect(readme).toContain("npx pnpm@12 test");
  });

  test.each(here)("$document, line $line: $command", { timeout: 240_000 }, async (command) => {
    const { stdout } = await execute(command);
    expect(stdout).not.toBe("");
    // The page's main claim about the main command.
    if (command.command === "npx pnpm@12 train") {
      const accuracy = Number(/test accuracy\s+([\d.]+)\s*%/.exec(stdout)?.[1]);
      expect(accuracy).toBeGreaterThanOrEqual(96.5);
      expect(stdout).toMatch(/[0-9a-f]{64}/);
    }
  });

  test.each(trainings)("$document, line $line: the program takes gradloom $args", async ({ args }) => {
    const main = `${ROOT}apps/trainer/dist/main.js`;
    const { stdout } = await run(process.execPath, [main, ...args.split(/\s+/), "--print-config"], {
      cwd: ROOT,
    });
    expect(JSON.parse(stdout)).toBeTypeOf("object");
  });

  test("those that mpirun starts are among them", () => {
    const launched = all.filter(
      ({ command }) => command.startsWith("mpirun") && command.includes("gradloom"),
    );
    expect(launched.length).toBeGreaterThanOrEqual(3);
    for (const { document, line } of launched)
      expect(trainings).toContainEqual(expect.objectContaining({ document, line }));
  });
});
