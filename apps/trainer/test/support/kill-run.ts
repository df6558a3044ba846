// `gradloom train` as a process that a test can kill.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderOf, learnableFiles } from "./data-folder.ts";

/** The program, to be run with `--conditions=@gradloom/source`. */
export const MAIN: string = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** Forty short epochs of the data in `folderWithData`, with a checkpoint after each, in runs/it. */
export const RUN: readonly string[] =
  "--data data --name it --epochs 40 --validation 0.2 --optimizer adam --hidden 20,10 --batch-size 50 --checkpoint-every 0 --quiet".split(
    " ",
  );

/** A folder for a process to run in, with data of so many training rows. */
export function folderWithData(rows = 4000): string {
  const cwd = folderOf({});
  cpSync(folderOf(learnableFiles(rows)), join(cwd, "data"), { recursive: true });
  return cwd;
}

/** Starts `gradloom train …args` in a folder. */
export function startTrain(cwd: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--conditions=@gradloom/source", MAIN, "train", ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
}

/** Kills a run once `isTime`, and tells how it ended: by the kill, or by itself before. */
export async function killWhen(
  child: ChildProcess,
  isTime: () => boolean,
): Promise<"killed" | number | null> {
  const ended = once(child, "close");
  while (!isTime() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  const [code, signal] = await ended;
  return signal === "SIGKILL" ? "killed" : code;
}

/** How many epochs have their line in a run's metrics. */
export function epochsWritten(folder: string): number {
  const metrics = join(folder, "metrics.jsonl");
  return existsSync(metrics) ? readFileSync(metrics, "utf8").split("\n").length - 1 : 0;
}
