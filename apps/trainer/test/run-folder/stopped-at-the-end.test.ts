// A signal after the last step, while the report is drawn: the run is not finished yet, and is in a moment when it goes on.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findNewest } from "../../src/checkpoint/checkpoint-folder.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";

test("SIGINT while the report is drawn ends with 130; --resume leaves the same model, metrics and a report", async () => {
  // More test rows than are judged in one go.
  const data = folderOf(learnableFiles(12_000));
  const args = [
    "--data",
    data,
    "--epochs",
    "2",
    "--hidden",
    "5",
    "--name",
    "it",
    "--quiet",
    "--workers",
    "1",
  ];
  const undisturbed = folderOf({});
  expect((await trainIn(undisturbed, args)).code).toBe(0);

  const cwd = folderOf({});
  const folder = join(cwd, "runs/it");
  const stopped = await trainIn(cwd, args, {
    onSignals(signals) {
      const whenTrained = setInterval(() => {
        if (!existsSync(join(folder, "model.safetensors"))) return;
        clearInterval(whenTrained);
        signals.emit("SIGINT");
      }, 1);
    },
  });
  expect([stopped.code, stopped.stdout]).toEqual([130, ""]);
  expect(stopped.stderr).toContain("saved in runs/it; to go on: gradloom train --resume runs/it");
  expect(readdirSync(folder)).not.toContain("report.html");
  expect((await findNewest(folder))?.checkpoint.finished).toBe(false);

  const resumed = await trainIn(cwd, ["--resume"]);
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain("going on with runs/it after epoch 2");
  expect(readdirSync(folder)).toContain("report.html");
  expect((await findNewest(folder))?.checkpoint.finished).toBe(true);
  expect(outcomeOf(folder)).toEqual(outcomeOf(join(undisturbed, "runs/it")));
});
