// From a signal to the end of the process: a step, a save and no more, within a second on a machine that is not disturbed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { folderOf } from "../support/data-folder.ts";
import { MAIN } from "../support/kill-run.ts";

/** What a run may take, beside what the machine takes away from it. */
const LIMIT_MS = 1000;
/** A process that does nothing takes about 40 ms on a quiet machine: so often its time is what a disturbed one may add. */
const DELAYS = 10;

const node = (...args: readonly string[]) =>
  spawn(process.execPath, args, {
    cwd: folderOf({}),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });

/** Milliseconds until a process has ended, and its exit code. */
async function ended(
  child: ReturnType<typeof node>,
): Promise<{ readonly ms: number; readonly code: unknown }> {
  const from = performance.now();
  const [code] = await once(child, "close");
  return { ms: performance.now() - from, code };
}

/** Sends the signal in the middle of an epoch; what came of it, and of a process that was started at that moment. */
async function interruptedAt(signal: "SIGINT" | "SIGTERM", args: readonly string[]) {
  const child = node("--conditions=@gradloom/source", MAIN, "train", "--json", "--epochs", "1000", ...args);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      if (/"type":"progress"/.test(String(chunk))) resolve();
    });
    child.on("close", () => resolve());
  });
  child.kill(signal);
  const [run, nothing] = await Promise.all([ended(child), ended(node("-e", ""))]);
  return { ...run, delay: nothing.ms, stderr };
}

test.for([
  ["SIGINT", 130, "the book's net", []],
  ["SIGTERM", 143, "a big net and batch", ["--hidden", "1024", "--batch-size", "1024"]],
  ["SIGINT", 130, "one row at a time", ["--batch-size", "1"]],
] as const)(
  "%s ends with %i within a second: %s",
  { timeout: 120_000 },
  async ([signal, code, _, args], { annotate }) => {
    const run = await interruptedAt(signal, args);
    expect([run.code, run.stderr]).toEqual([
      code,
      expect.stringMatching(/to go on: .*gradloom train --resume runs\/001\n/),
    ]);
    const figure = `${Math.round(run.ms)} ms, a process that does nothing ${Math.round(run.delay)} ms`;
    expect(run.ms, figure).toBeLessThan(LIMIT_MS + DELAYS * run.delay);
    await annotate(figure);
  },
);
