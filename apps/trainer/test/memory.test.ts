// How much memory a run takes from the system: what its plan says, and so much for the engine and its threads.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { TrainingPlan } from "../src/training-plan.ts";
import { folderOf } from "./support/data-folder.ts";

/** Built: from its source the program would hold the means to read TypeScript too. */
const PROGRAM = fileURLToPath(new URL("../dist/main.js", import.meta.url));
/** Node itself, its threads, and our code, compiled. */
const ENGINE_BYTES = 150e6;
const PEAK = "peak of memory: ";
const TELL_PEAK = `data:text/javascript,process.on("exit",()=>console.error("${PEAK}"+process.resourceUsage().maxRSS))`;

/** Runs `gradloom train` to its end. */
async function gradloomTrain(args: readonly string[]): Promise<{ stdout: string; peakBytes: number }> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", TELL_PEAK, PROGRAM, "train", ...args],
    { cwd: folderOf({}) },
  );
  return { stdout, peakBytes: 1024 * Number(stderr.split(PEAK)[1]) };
}

test("a run on MNIST, report and all, takes what it plans and 150 MB at most", {
  timeout: 120_000,
}, async () => {
  const options = ["--epochs", "2", "--workers", "2"];
  const planned = await gradloomTrain([...options, "--dry-run", "--json"]);
  const { data, parameters, activations }: TrainingPlan["memory"] = JSON.parse(planned.stdout).memory;
  expect(data).toBeGreaterThan(70_000 * 784);
  const { stdout, peakBytes } = await gradloomTrain(options);
  expect(stdout).toContain("report.html");
  expect(peakBytes / 1e6).toBeLessThan((data + parameters + activations + ENGINE_BYTES) / 1e6);
});
