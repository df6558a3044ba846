// TensorBoard event files: read back by a Python reader of the tests' own, whole after a crash and after a resume.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { epochScalars } from "../../src/report/tensorboard/epoch-scalars.ts";
import type { ScalarEvent } from "../../src/report/tensorboard/event.ts";
import { openEventFile } from "../../src/report/tensorboard/event-file.ts";
import type { EpochRecord } from "../../src/training-state.ts";

const READER = fileURLToPath(new URL("fixtures/read_events.py", import.meta.url));

function noPython(): string | undefined {
  try {
    execFileSync("python3", ["-c", ""], { stdio: "ignore" });
    return undefined;
  } catch {
    return "python3 is not installed";
  }
}

const missing = noPython();

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradloom-events-"));
  path = join(folder, "events.out.tfevents.test");
});

afterEach(() => rmSync(folder, { recursive: true }));

const event = (step: number): ScalarEvent => ({
  wallTime: 1_700_000_000.5 + step,
  step,
  scalars: { "loss/train": 1 / step, "größe/ß": step },
});

async function write(steps: readonly number[], keepToStep?: number): Promise<void> {
  const file = await openEventFile(path, {
    wallTime: 1_700_000_000.25,
    ...(keepToStep === undefined ? {} : { keepToStep }),
  });
  for (const step of steps) await file.append(event(step));
  await file.close();
}

function read(): { step: number; wallTime: number; version?: string; scalars: Record<string, number> }[] {
  return JSON.parse(execFileSync("python3", [READER, path], { encoding: "utf8" }));
}

describe.skipIf(missing !== undefined)(
  `read by Python${missing === undefined ? "" : `: skipped, ${missing}`}`,
  () => {
    test("a file begins with its version and has every event's time, step, tags and float32 values", async () => {
      await write([1, 2, 300, 2 ** 40 + 1]);
      const [first, ...rest] = read();
      expect(first).toEqual({ step: 0, wallTime: 1_700_000_000.25, version: "brain.Event:2", scalars: {} });
      expect(rest).toEqual(
        [1, 2, 300, 2 ** 40 + 1].map((step) => ({
          step,
          wallTime: 1_700_000_000.5 + step,
          scalars: { "loss/train": Math.fround(1 / step), "größe/ß": Math.fround(step) },
        })),
      );
    });

    test("a resumed run goes on in the same file, and what it writes again stands there once", async () => {
      await write([1, 2, 3, 4]);
      await write([3, 4, 5], 2);
      expect(read().map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    });
  },
);

test("a record that a crash has cut anywhere is dropped, and the file goes on after the one before", async () => {
  await write([1, 7]);
  const expected = readFileSync(path);
  await write([1]);
  const shorter = readFileSync(path).length;
  await write([1, 2]);
  const whole = readFileSync(path);
  for (let length = shorter; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    await write([7], 100);
    expect(readFileSync(path)).toEqual(expected);
  }
});

test("the same events give the same bytes, in one go or in two", async () => {
  await write([1, 2, 3]);
  const once = readFileSync(path);
  rmSync(path);
  await write([1]);
  await write([2, 3], 1);
  expect(readFileSync(path)).toEqual(once);
});

test("a file that is no event file, or has a flipped bit in its first record, is begun anew", async () => {
  await write([1]);
  const good = readFileSync(path);
  const flipped = Buffer.from(good);
  flipped[20] ^= 1;
  for (const bytes of [Buffer.from("no event file, but text of some length"), flipped, Buffer.alloc(0)]) {
    writeFileSync(path, bytes);
    await write([1], 100);
    expect(readFileSync(path)).toEqual(good);
  }
});

test("a folder that is not there is the system's own error", async () => {
  await expect(openEventFile(join(folder, "no", "such"), { wallTime: 0 })).rejects.toMatchObject({
    code: "ENOENT",
  });
});

test("an epoch's tags say which rows judged it", () => {
  const record: EpochRecord = {
    epoch: 3,
    loss: 0.5,
    learningRate: 0.1,
    judgedBy: "validation",
    judgedLoss: 0.6,
    judgedAccuracy: 0.9,
  };
  expect(epochScalars(record, 1000)).toEqual({
    "loss/train": 0.5,
    "loss/validation": 0.6,
    "accuracy/validation": 0.9,
    learning_rate: 0.1,
    samples_per_second: 1000,
  });
  expect(Object.keys(epochScalars({ ...record, judgedBy: "test" }))).toEqual([
    "loss/train",
    "loss/test",
    "accuracy/test",
    "learning_rate",
  ]);
});
