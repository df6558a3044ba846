// What bench:train prints, from figures made up here.
import { expect, test } from "vitest";
import { judgeGoals } from "../../bench/train/goals.ts";
import { goalLines, startUpGoalLine, startUpTable, workTable } from "../../bench/train/report.ts";
import type { Measured } from "../../bench/train/turns.ts";

const judged = (loss: number) => ({ loss, accuracy: 0.5 });

function measured(family: string, threads: number, ...samplesPerSecond: number[]): Measured {
  return {
    name: `${family} ${threads}`,
    family,
    threads,
    samplesPerSecond,
    description: "",
    steps: 10,
    before: judged(2.3),
    checked: judged(1.2),
    after: judged(0.5),
  };
}

const run = [
  measured("gradloom", 2, 200_000, 210_000, 190_000),
  measured("gradloom", 1, 100_000, 105_000, 95_000),
  measured("PyTorch nn.Module", 1, 80_000, 84_000, 76_000),
  measured("PyTorch nn.Module", 2, 125_000, 105_000, 95_000),
];

test("the table shows median, best and worst, and how many times as fast our workers are", () => {
  const lines = workTable({ measured: run, failed: [{ name: "x", reason: "it broke" }] }).split("\n");
  expect(lines[0]).toMatch(/samples\/s +best +worst +ours, 2 workers ÷ it +ours, 1 worker ÷ it/);
  expect(lines[2]).toMatch(/^gradloom 2 +200,000 +210,000 +190,000 +0\.500 \(0\.500–0\.500\)/);
  expect(lines[4]).toMatch(/^PyTorch nn\.Module 1 .*2\.50 \(2\.50–2\.50\) +1\.25 \(1\.25–1\.25\)/);
  expect(lines.at(-1)).toBe("x: not measured, it broke");
});

test("a goal is judged against the fastest of a family, or against the number of threads it names", () => {
  const lines = goalLines(judgeGoals("A", run));
  expect(lines[0]).toBe(
    "goal: all workers at least 2 × PyTorch nn.Module at its fastest (PyTorch nn.Module 2): 2.00 (1.60–2.00), reached",
  );
  expect(lines[4]).toMatch(/^goal: 1 worker at least 1\.1 × PyTorch nn\.Module with 1 .*: 1\.25 .* reached$/);
  expect(lines[5]).toMatch(/^goal: all workers at least 1\.85 × gradloom with 1 .*: 2\.00 .* reached$/);
});

test("on a native BLAS the goals are to be faster than PyTorch, however it is programmed", () => {
  const rivals = [measured("PyTorch nn.Module", 2, 100_000), measured("PyTorch by hand", 1, 90_000)];
  const lines = goalLines(judgeGoals("B", [measured("gradloom", 2, 105_000), ...rivals], "blas"));
  expect(lines).toEqual([
    expect.stringMatching(/^goal: all workers at least 1\.1 × PyTorch nn\.Module .*: 1\.05 .*, NOT reached$/),
    expect.stringMatching(/^goal: all workers at least 1\.1 × PyTorch by hand .*: 1\.17 .*, reached$/),
  ]);
});

test("a goal missed is said to be missed, one against nobody is not measured", () => {
  const slow = [measured("gradloom", 2, 100_000), measured("gradloom", 1, 99_000)];
  const lines = goalLines(judgeGoals("A", [...slow, measured("PyTorch by hand", 2, 90_000)]));
  expect(lines[0]).toMatch(/: not measured$/);
  expect(lines[1]).toMatch(/: 1\.11 \(1\.11–1\.11\), NOT reached$/);
});

test("on one core there is nothing to compare all workers with one", () => {
  const lines = goalLines(judgeGoals("C", [measured("gradloom", 1, 100_000)]));
  expect(lines.at(-1)).toMatch(/^goal: all workers .*: not measured$/);
});

test("start-up ratios are of seconds: below 1 we are the faster", () => {
  const result = {
    measured: [
      { name: "gradloom, 2 workers", family: "gradloom", threads: 2, seconds: [0.5, 0.6, 0.4] },
      { name: "slow", family: "slow", threads: 1, seconds: [1, 1.2, 0.8] },
    ],
    failed: [],
  };
  expect(startUpTable(result)).toMatch(/^slow +1\.00 +0\.80 +1\.20 +0\.500 \(0\.500–0\.500\)$/m);
  expect(startUpGoalLine(result)).toEqual(["goal: gradloom, 2 workers at most 0.6 s: 0.50 s, reached"]);
});
