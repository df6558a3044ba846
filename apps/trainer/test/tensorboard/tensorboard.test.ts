// TensorBoard's own reader on what a run has written, where a Python here has it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pythonWith } from "../commands/python.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { trainIn } from "../support/real-cli.ts";

const python = pythonWith("tensorboard");
const skipped = python === undefined ? ": skipped, no python3 has tensorboard" : "";

const READ = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1])
events.Reload()
scalars = {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
print(json.dumps(scalars))
`;

describe.skipIf(python === undefined)(`TensorBoard${skipped}`, () => {
  test("has the run's losses, accuracies, learning rates and speeds, epoch by epoch", async () => {
    const cwd = folderOf(learnableFiles(400));
    const args = ["--data", cwd, "--name", "it", "--epochs", "3", "--validation", "0.2", "--hidden", "4"];
    expect((await trainIn(cwd, [...args, "--workers", "1", "--tensorboard"])).code).toBe(0);
    const run = join(cwd, "runs/it");
    const stdio = ["ignore", "pipe", "ignore"] as const;
    const read = execFileSync(python ?? "", ["-c", READ, join(run, "tensorboard")], { stdio: [...stdio] });
    const scalars: Record<string, [number, number][]> = JSON.parse(String(read));
    const epochs = readFileSync(join(run, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((l) => JSON.parse(l));
    const expected = (key: string) => epochs.map((epoch) => [epoch.epoch, Math.fround(epoch[key])]);
    expect(scalars).toEqual({
      "loss/train": expected("loss"),
      "loss/validation": expected("judgedLoss"),
      "accuracy/validation": expected("judgedAccuracy"),
      learning_rate: expected("learningRate"),
      samples_per_second: [1, 2, 3].map((epoch) => [epoch, expect.any(Number)]),
    });
  });
});
