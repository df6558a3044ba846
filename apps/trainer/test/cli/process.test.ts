// The `gradloom` command as a process: exit codes, streams and signals are the operating system's here.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { folderOf, smallFiles, TRAIN_IMAGES } from "../support/data-folder.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const SLOW = fileURLToPath(new URL("../support/slow-main.ts", import.meta.url));

function start(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--conditions=@gradloom/source", script, ...args], {
    cwd: folderOf({}),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
}

async function finish(child: ChildProcess) {
  const texts = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    texts.stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, ...texts };
}

describe("exit codes", () => {
  test("an unknown option: 2, the guess on stderr, nothing on stdout", async () => {
    expect(await finish(start(MAIN, ["train", "--wrokers", "2"]))).toEqual({
      code: 2,
      stdout: "",
      stderr: "gradloom: unknown option '--wrokers'. Did you mean --workers?\nSee: gradloom train --help\n",
    });
  });

  test("--workers 0: 2", async () => {
    const { code, stderr } = await finish(start(MAIN, ["train", "--workers", "0"]));
    expect(code).toBe(2);
    expect(stderr).toContain("--workers 0: expected a whole number from 1 to 256");
  });

  test("a damaged file: 3", async () => {
    const folder = folderOf({ ...smallFiles(), [TRAIN_IMAGES]: Uint8Array.of(0, 0, 8) });
    const { code, stderr } = await finish(start(MAIN, ["train", "--data", folder]));
    expect(code).toBe(3);
    expect(stderr).toContain(TRAIN_IMAGES);
  });

  test("help: 0, on stdout", async () => {
    const { code, stdout, stderr } = await finish(start(MAIN, []));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Examples:");
  });
});

describe("signals", () => {
  test.each([
    ["SIGINT" as const, 130],
    ["SIGTERM" as const, 143],
  ])("%s ends with %i once the run has stopped", async (name, expected) => {
    const child = start(SLOW, ["stops", "--data", folderOf(smallFiles()), "--batch-size", "2"]);
    const ended = finish(child);
    child.stdout?.once("data", () => child.kill(name));
    const { code, stderr } = await ended;
    expect(code).toBe(expected);
    expect(stderr).toContain(`interrupted by ${name}`);
  });

  test("a second signal ends a run that does not stop", async () => {
    const child = start(SLOW, ["deaf", "--data", folderOf(smallFiles()), "--batch-size", "2"]);
    const ended = finish(child);
    child.stdout?.once("data", () => child.kill("SIGINT"));
    child.stderr?.once("data", () => child.kill("SIGINT"));
    expect((await ended).code).toBe(130);
  });
});
