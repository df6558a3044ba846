// What one can do with a model that was just trained: lines to copy.
import type { Terminal } from "./terminal.ts";

/**
 * Writes a few commands.
 *
 * @param program how the program is started here
 * @param folder of the run, as a word of a shell command
 * @param images whether the model takes pictures
 */
export function writeNextSteps(
  terminal: Terminal,
  program: string,
  folder: string,
  { images }: { readonly images: boolean },
): void {
  const model = `--model ${folder}`;
  const steps = [
    `${program} evaluate ${model}`,
    `${program} predict ${model} ${images ? "picture.png" : "rows.csv"}`,
    `${program} export ${model} --to onnx`,
  ];
  terminal.write(`\nNext, for example:\n${steps.map((step) => `  ${step}\n`).join("")}`);
}
