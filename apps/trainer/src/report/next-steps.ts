// What one can do with a model that was just trained: lines to copy.
import { MODEL_FILE } from "../run-folder/run-files.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Writes a few commands.
 *
 * @param program how the program is started here
 * @param folder of the run, as a word of a shell command
 */
export function writeNextSteps(terminal: Terminal, program: string, folder: string): void {
  const model = `--model ${folder}/${MODEL_FILE}`;
  const steps = [
    `${program} evaluate ${model}`,
    `${program} predict ${model} rows.csv`,
    `${program} export ${model} --to onnx`,
  ];
  terminal.write(`\nNext, for example:\n${steps.map((step) => `  ${step}\n`).join("")}`);
}
