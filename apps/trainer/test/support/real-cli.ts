// The command line with the real trainer, in this process: small runs in a folder of the test's own.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { train } from "../../src/train.ts";
import { type CliOutcome, type CliSettings, runCli } from "./fake-cli.ts";

/** `gradloom train …args` in `cwd`. */
export function trainIn(
  cwd: string,
  args: readonly string[],
  settings: CliSettings = {},
): Promise<CliOutcome> {
  return runCli(["train", ...args], { train, cwd, ...settings });
}

/** What has to be equal in two runs that are the same run: the model and what its epochs came to. */
export function outcomeOf(folder: string): { readonly model: string; readonly metrics: string } {
  const text = (name: string, encoding: "hex" | "utf8"): string => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, encoding) : `no ${name}`;
  };
  return { model: text("model.safetensors", "hex"), metrics: text("metrics.jsonl", "utf8") };
}
