// `gradloom evaluate`: the metrics of a saved model.
import { Command } from "commander";
import type { CliIo } from "./io.ts";
import { dataOptions, fromHere, modelOptions, type RowFlags, requireModel } from "./row-flags.ts";

const EXAMPLES = `Examples:
  gradloom evaluate --model runs/001                              the test rows of a run
  gradloom evaluate --model m.safetensors --data ./my-idx-folder  the test images of a folder
  gradloom evaluate --model m.safetensors --data new.csv          all rows of a file
  gradloom evaluate --model m.safetensors --data new.csv --json   the same for programs
`;

interface EvaluateFlags extends RowFlags {
  readonly model?: string;
  readonly json?: boolean;
}

/** The command, ready to be added to a program. */
export function evaluateCommand(io: CliIo): Command {
  const command = new Command("evaluate")
    .description("Say how well a saved model does: accuracy, loss, each class, and who is taken for whom.")
    .addHelpText("before", EXAMPLES)
    .option("--model <file>", "a model.safetensors, or the folder of the run that has left it");
  return dataOptions(command)
    .option("--json", "the metrics as one JSON object on stdout")
    .action((flags: EvaluateFlags) => run(fromHere(flags, io), io));
}

async function run(flags: EvaluateFlags, io: CliIo): Promise<void> {
  const file = requireModel(flags.model, "evaluate");
  // Loaded on first use: `--help` need not wait for kernels.
  const { openModel } = await import("../evaluate/open-model.ts");
  const { labelledRows } = await import("../evaluate/model-rows.ts");
  const { evaluateModel } = await import("../evaluate/evaluate-model.ts");
  const { evaluationLines } = await import("../evaluate/evaluation-text.ts");
  const model = await openModel(file, await modelOptions(flags));
  const rows = await labelledRows(flags.data, model, flags);
  const evaluation = evaluateModel(model, rows);
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ model: model.file, source: rows.source, ...evaluation })}\n`);
  } else io.stdout.write(`${evaluationLines(evaluation, rows.source).join("\n")}\n`);
}
