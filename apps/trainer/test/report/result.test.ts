// The result for people and for programs, and the numbers in it.
import { describe, expect, test } from "vitest";
import { formatCount, formatDuration, formatLoss, formatTimeLeft } from "../../src/report/format.ts";
import { writeJsonLine } from "../../src/report/json.ts";
import { writeSummary } from "../../src/report/summary.ts";
import { fakeTerminal } from "../support/fake-terminal.ts";
import { progress, result, run } from "../support/sample-events.ts";

test("the summary is aligned plain lines", () => {
  const terminal = fakeTerminal({ isTTY: true, columns: 20 });
  writeSummary(terminal, result);
  expect(terminal.text().split("\n")).toEqual([
    "train accuracy  98.77 %",
    "test accuracy   97.04 %",
    "loss            0.0512",
    "time            1 min 12 s",
    "samples/s       14,167",
    "workers         2",
    "seed            0",
    "backend         wasm",
    `SHA-256         ${"ab".repeat(32)}`,
    "",
  ]);
});

test("every event is one line of JSON that reads back", () => {
  const terminal = fakeTerminal();
  for (const event of run) writeJsonLine(terminal, event);
  const lines = terminal.text().split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line))).toEqual(run);
});

test("a loss that is no finite number is null in JSON", () => {
  const terminal = fakeTerminal();
  writeJsonLine(terminal, { ...progress, loss: Number.NaN });
  expect(JSON.parse(terminal.text()).loss).toBeNull();
});

describe("numbers for people", () => {
  test.each([
    [0.0123, "0.01 s"],
    [1.234, "1.23 s"],
    [9.994, "9.99 s"],
    [9.996, "10.0 s"],
    [59.94, "59.9 s"],
    [59.97, "1 min 0 s"],
    [72.4, "1 min 12 s"],
    [119.6, "2 min 0 s"],
    [3599.4, "59 min 59 s"],
    [3599.6, "1 h 0 min"],
    [7500, "2 h 5 min"],
    [Number.NaN, "?"],
    [Number.POSITIVE_INFINITY, "?"],
    [-1, "?"],
  ])("a duration of %s seconds is %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test.each([
    [0, "0 s"],
    [0.2, "1 s"],
    [59.2, "1 min 0 s"],
    [59.4, "1 min 0 s"],
    [72, "1 min 12 s"],
    [Number.NaN, "?"],
  ])("%s seconds left are %s", (seconds, text) => {
    expect(formatTimeLeft(seconds)).toBe(text);
  });

  test.each([
    [0, "0"],
    [999.6, "1,000"],
    [123456789, "123,456,789"],
    [Number.NaN, "NaN"],
  ])("a count of %s is %s", (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  test.each([
    [1.98769, "1.9877"],
    [0, "0.0000"],
    [0.00012345, "1.234e-4"],
    [123456, "1.235e+5"],
    [Number.NaN, "NaN"],
  ])("a loss of %s is %s", (loss, text) => {
    expect(formatLoss(loss)).toBe(text);
  });
});

test("a profiled run shows each phase of a step with its share", () => {
  const terminal = fakeTerminal({});
  const profile = {
    gather: 10,
    forward: 40,
    loss: 5,
    dx: 5,
    "barrier 1": 1,
    "dW db": 35,
    update: 3,
    "barrier 2": 1,
  };
  writeSummary(terminal, { ...result, profile });
  expect(terminal.text()).toContain("step: forward    40.0 µs, 40.0 %\n");
  expect(terminal.text()).toContain("step: barrier 1  1.0 µs, 1.0 %\n");
});
