// bench/train on a tiny piece of work: ourselves through the whole command, then contestants that must not be counted.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { findRuntimes } from "../../bench/train/available.ts";
import { CONTESTANTS, type Contestant } from "../../bench/train/contestants.ts";
import { missingLines } from "../../bench/train/missing.ts";
import { measureWork } from "../../bench/train/turns.ts";
import { shrunk, WORKS, type Work } from "../../bench/train/works.ts";
import { ROOT } from "../docs/snippets.ts";

const run = promisify(execFile);
const ROUNDS = 2;

async function bench(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ["bench/train/main.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return stdout;
}

test("the command times our workers and core alone and their start-up, and shows that they learn", async () => {
  const tiny = ["--rows", "1000", "--rounds", "1", "--seconds", "0.02"];
  const only = ["--only", "gradloom", "--only", "core"];
  const report = JSON.parse(await bench("--work", "A,start", "--json", ...tiny, ...only));
  const expected = CONTESTANTS.filter(({ needs }) => needs === undefined).map(({ name }) => name);
  const names = (measured: { name: string }[]): string[] => measured.map(({ name }) => name);

  expect(report.machine.cores).toBeGreaterThan(0);
  expect(report.missing).toEqual([]);
  const [{ measured, failed }] = report.works;
  expect(failed).toEqual([]);
  expect(names(measured)).toEqual(expected);
  for (const { samplesPerSecond, before, checked, after } of measured) {
    expect(samplesPerSecond).toHaveLength(1);
    expect(samplesPerSecond[0]).toBeGreaterThan(100);
    expect(checked.loss).toBeLessThan(before.loss);
    expect(after.accuracy).toBeGreaterThan(0.2);
  }
  expect(names(report.startUp.measured)).toEqual(expected);
  for (const { seconds } of report.startUp.measured) expect(seconds).toHaveLength(1);
});

test("with --backend our workers compute with that one, and their name says so", async () => {
  const tiny = ["--rows", "1000", "--rounds", "1", "--seconds", "0.02"];
  const report = JSON.parse(
    await bench("--backend", "wasm", "--work", "A", "--only", "gradloom", "--json", ...tiny),
  );
  const [{ measured }] = report.works;
  expect(report.backend).toBe("wasm");
  for (const { name, description } of measured) {
    expect(name).toMatch(/^gradloom wasm, \d+ workers?$/);
    expect(description).toMatch(/^gradloom on Node .*, wasm$/);
  }
});

describe("somebody who must not be counted", () => {
  const [tiny] = WORKS.map((work) => shrunk(work, 1000)) as [Work];
  const contestant = (variant: string): Contestant => ({
    name: variant,
    family: variant,
    file: "../test/bench/fixtures/odd-contestant.mjs",
    variant,
    threads: 1,
    works: "A",
  });
  const measure = (...variants: string[]) =>
    measureWork(
      tiny,
      variants.map((variant) => ({ contestant: contestant(variant), runtime: process.execPath })),
      "",
      { rounds: ROUNDS, seconds: 0.01, tell: () => {} },
    );

  test.each([
    ["never learns", /does not learn/],
    ["forgets", /does not learn/],
    ["says it took longer than it did", /its clock or count is wrong/],
    ["throws at once", /this one throws/],
    ["ends in its second round", /ended with 3/],
  ])("%s: is left out with the reason, and the others go on", async (variant, reason) => {
    const { measured, failed } = await measure(variant, "learns");
    expect(measured.map(({ name }) => name)).toEqual(["learns"]);
    expect(measured[0]?.samplesPerSecond).toHaveLength(ROUNDS);
    expect(failed.map(({ name }) => name)).toEqual([variant]);
    expect(failed[0]?.reason).toMatch(reason);
  });
});

test("a peer whose modules nobody has is missing, and the command that installs it is named", () => {
  const absent: Contestant[] = (["python", "javascript"] as const).map((language) => ({
    name: `absent ${language}`,
    family: `absent ${language}`,
    file: "nowhere",
    variant: "",
    threads: 1,
    works: "A",
    needs: { language, modules: ["no_such_module_anywhere"], install: `install ${language}` },
  }));
  expect([...findRuntimes(absent).values()]).toEqual([undefined, undefined]);
  expect(missingLines(absent).join("\n")).toContain("not installed: absent python\n  install python");
});

test.each([
  ["--work", "E", "choose from A, B, C, D, start"],
  ["--rounds", "none", "expected a number above 0"],
  ["--only", "nobody", "nobody has that in the name"],
  ["--backend", "cuda", "choose from auto, wasm, wasm-relaxed, blas"],
])("%s %s is refused with what it could be", async (flag, value, message) => {
  await expect(bench(flag, value)).rejects.toThrow(message);
});
