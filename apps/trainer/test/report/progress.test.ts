// Progress: a live line on a screen that can redraw one, plain lines anywhere else, nothing when it is told to be quiet.
import { describe, expect, test } from "vitest";
import type { ProgressEvent } from "../../src/events.ts";
import { createProgress } from "../../src/report/progress.ts";
import type { Environment } from "../../src/report/terminal.ts";
import { fakeTerminal, screenOf, withoutColor } from "../support/fake-terminal.ts";
import { epoch, progress, restart, run, start } from "../support/sample-events.ts";

const ESCAPE = String.fromCharCode(27);
const LIVE =
  "[==                  ]  epoch 3/17  step  42/600  loss 0.1235  123,457 samples/s  1 min 12 s left";
/** The same once it is known how many rows a step has, and what an epoch was worth. */
const TOLD =
  "[==                  ]  epoch 3/17  step  42/600  loss 0.1235  test 96.12 %  123,457 samples/s  0.81 ms/step  1 min 12 s left";
const RESTART =
  "worker 1 failed: Error: gone; replaces all workers and starts epoch 3 again (restart 1 of at most 3)";
const START = "784-50-10 (39,760 parameters), float32, wasm, 2 workers, 60,000 rows, batch 100, seed 0";

/** A progress whose clock the test moves. */
function shown(settings: { isTTY?: boolean; columns?: number; env?: Environment; quiet?: boolean }) {
  const terminal = fakeTerminal(settings);
  const clock = { ms: 1000 };
  const env = settings.env ?? { TERM: "xterm" };
  return {
    terminal,
    clock,
    progress: createProgress(terminal, { env, quiet: settings.quiet, now: () => clock.ms }),
  };
}

describe("on a screen", () => {
  test("there is one live line below the line that says what is trained", () => {
    const { terminal, clock, progress: live } = shown({ isTTY: true, columns: 130 });
    live.onEvent(start);
    live.onEvent({ ...progress, step: 1 });
    live.onEvent(epoch);
    clock.ms += 100;
    live.onEvent(progress);
    expect(screenOf(terminal.text())).toEqual([START, TOLD]);
  });

  test("the end leaves an empty line and no cursor was ever hidden", () => {
    const { terminal, progress: live } = shown({ isTTY: true, columns: 120 });
    for (const event of run) live.onEvent(event);
    live.end();
    live.end();
    expect(screenOf(terminal.text())).toEqual([START, ""]);
    expect(terminal.text()).not.toContain(`${ESCAPE}[?25l`);
  });

  test("a lost worker is told on a line of its own, and the live line goes on below", () => {
    const { terminal, clock, progress: live } = shown({ isTTY: true, columns: 120 });
    live.onEvent(progress);
    live.onEvent(restart);
    clock.ms += 100;
    live.onEvent(progress);
    expect(screenOf(terminal.text())).toEqual([RESTART, LIVE]);
  });

  test("a longer line leaves nothing behind a shorter one", () => {
    const { terminal, clock, progress: live } = shown({ isTTY: true, columns: 120 });
    live.onEvent(progress);
    clock.ms += 100;
    live.onEvent({ ...progress, secondsLeft: 3 });
    expect(screenOf(terminal.text())).toEqual([LIVE.replace("1 min 12 s", "3 s")]);
  });

  test("at most ten lines a second are drawn, and the run's last step always is", () => {
    const { terminal, clock, progress: live } = shown({ isTTY: true, columns: 120 });
    for (let ms = 0; ms < 1000; ms++) {
      clock.ms = 1000 + ms;
      live.onEvent({ ...progress, step: ms });
    }
    expect(terminal.writes).toHaveLength(10);
    live.onEvent({ ...progress, epoch: 17, step: 600 });
    expect(terminal.writes).toHaveLength(11);
    expect(terminal.text()).toContain(`[${"=".repeat(20)}]`);
  });

  test("the line fits every width, and keeps epoch and loss longest", () => {
    for (let columns = 1; columns <= 130; columns++) {
      const { terminal, progress: live } = shown({ isTTY: true, columns });
      live.onEvent(start);
      live.onEvent(epoch);
      live.onEvent(progress);
      const [, line = ""] = screenOf(terminal.text());
      expect(line.length).toBeLessThan(columns);
      if (columns > 30) expect(line).toMatch(/epoch 3\/17.*loss 0\.1235/);
    }
  });

  test("80 columns hold everything but the bar", () => {
    const { terminal, progress: live } = shown({ isTTY: true, columns: 80 });
    for (const event of [start, epoch, progress]) live.onEvent(event);
    expect(screenOf(terminal.text())[1]).toBe(
      "epoch 3/17  step  42/600  loss 0.1235  test 96.12 %  123,457/s  1 min 12 s left",
    );
  });

  test.each([
    [1, "8 µs/step"],
    [100, "0.81 ms/step"],
    [10_000, "81 ms/step"],
    [60_000, "486 ms/step"],
  ])("a step of %i rows takes its time", (batchSize, text) => {
    const { terminal, progress: live } = shown({ isTTY: true, columns: 150 });
    for (const event of [{ ...start, batchSize }, progress]) live.onEvent(event);
    expect(terminal.text()).toContain(`  ${text}  `);
  });

  test("a window that changes its width is followed", () => {
    const { terminal, clock, progress: live } = shown({ isTTY: true, columns: 120 });
    live.onEvent(progress);
    terminal.columns = 40;
    clock.ms += 100;
    live.onEvent(progress);
    expect(withoutColor(terminal.writes[1] ?? "").length).toBeLessThan(45);
  });

  test("a terminal that does not know its width is taken to have 80 columns", () => {
    for (const columns of [undefined, 0]) {
      const { terminal, progress: live } = shown({ isTTY: true, ...(columns === 0 ? { columns } : {}) });
      live.onEvent(progress);
      expect(screenOf(terminal.text())[0]?.length).toBeLessThan(80);
    }
  });

  test.each<Partial<ProgressEvent>>([
    { loss: Number.NaN },
    { loss: Number.POSITIVE_INFINITY, secondsLeft: Number.POSITIVE_INFINITY },
    { samplesPerSecond: Number.NaN, secondsLeft: Number.NaN },
    { step: 700, stepsPerEpoch: 600, epoch: 18 },
    { step: 0, stepsPerEpoch: 0 },
    { loss: 1e300, samplesPerSecond: 1e18 },
  ])("numbers that make no sense are still drawn: %o", (odd) => {
    const { terminal, progress: live } = shown({ isTTY: true, columns: 120 });
    live.onEvent({ ...progress, ...odd });
    expect(screenOf(terminal.text())[0]).toContain("epoch");
  });
});

describe("colour", () => {
  const drawn = (env: Environment): string => {
    const { terminal, progress: live } = shown({ isTTY: true, columns: 120, env });
    live.onEvent(progress);
    return terminal.text();
  };

  test("marks the bar", () => {
    expect(drawn({ TERM: "xterm" })).toContain(`${ESCAPE}[36m[==`);
    expect(drawn({ TERM: "xterm", NO_COLOR: "" })).toContain(`${ESCAPE}[36m`);
  });

  test("is left out when NO_COLOR is set, and the line stays live", () => {
    const text = drawn({ TERM: "xterm", NO_COLOR: "1" });
    expect(text).toBe(withoutColor(text));
    expect(screenOf(text)).toEqual([LIVE]);
  });
});

describe("where no line can be redrawn", () => {
  test.each([
    ["a pipe", { isTTY: false }],
    ["a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }],
  ])("%s gets one plain line an epoch", (_, settings) => {
    const { terminal, progress: plain } = shown({ columns: 40, ...settings });
    for (const event of run) plain.onEvent(event);
    plain.end();
    expect(terminal.text()).toBe(`${START}\nepoch  3/17  loss 0.1000  test 96.12 %  98,765 samples/s\n`);
  });
});

test.each([true, false])("quiet writes nothing (screen: %s)", (isTTY) => {
  const { terminal, progress: silent } = shown({ isTTY, quiet: true });
  for (const event of run) silent.onEvent(event);
  silent.end();
  expect(terminal.writes).toEqual([]);
});
