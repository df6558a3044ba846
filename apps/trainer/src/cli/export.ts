// `gradloom export`: a saved model for other programs.
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { ExportFormat } from "../export/export-model.ts";
import { formatBytes } from "../report/format.ts";
import { writeLines } from "../report/lines.ts";
import type { CliIo } from "./io.ts";
import { fromHere, modelOptions, type RowFlags, requireModel } from "./row-flags.ts";
import { forUser, fromUser } from "./user-folder.ts";

const EXAMPLES = `Examples:
  gradloom export --model model.safetensors --to onnx               writes model.onnx beside it
  gradloom export --model model.safetensors --to onnx --out web/digits.onnx
  gradloom export --model model.safetensors --to safetensors-torch  for torch.nn.Linear
  gradloom export --model model.safetensors --to npz                for NumPy
`;

// Known here too, so that --help need not load what exports.
const FORMATS = ["onnx", "safetensors-torch", "npz"] as const satisfies readonly ExportFormat[];

interface ExportFlags extends Pick<RowFlags, "activation"> {
  readonly model?: string;
  readonly to?: ExportFormat;
  readonly out?: string;
  readonly json?: boolean;
}

/** The command, ready to be added to a program. */
export function exportCommand(io: CliIo): Command {
  return new Command("export")
    .description("Write a saved model for ONNX Runtime, PyTorch or NumPy.")
    .addHelpText("before", EXAMPLES)
    .option("--model <file>", "a model.safetensors, or the folder of the run that has left it")
    .addOption(new Option("--to <format>", "the format").choices(FORMATS))
    .option("--out <file>", "where to write; without it, beside the model")
    .addOption(new Option("--activation <name>", "where no model file says it").choices(["relu", "sigmoid"]))
    .option("--json", "what was written, as one JSON object on stdout")
    .action((flags: ExportFlags) => run(fromHere(flags, io), io));
}

async function run(flags: ExportFlags, io: CliIo): Promise<void> {
  const { to, json } = flags;
  const file = requireModel(flags.model, "export");
  if (to === undefined)
    throw new UsageError(`export needs --to <format>: ${FORMATS.join(", ")}.\nSee: gradloom export --help`);
  const { ENDINGS, exportModel, inputText } = await import("../export/export-model.ts");
  const { usageLines } = await import("../export/usage-lines.ts");
  const { openModel } = await import("../evaluate/open-model.ts");
  const { writeDurably } = await import("../checkpoint/write-durably.ts");
  const model = await openModel(file, await modelOptions(flags));
  const beside = model.file.replace(/\.safetensors$/, "") + ENDINGS[to];
  const out = flags.out === undefined ? beside : fromUser(flags.out, io.cwd, io.env);
  if (resolve(out) === resolve(model.file))
    throw new UsageError(`--out ${flags.out}: is the model itself. Choose another name.`);
  const bytes = exportModel(model, to);
  await writeDurably(out, bytes);
  const shown = forUser(out, io.cwd, io.env);
  const input = inputText(model);
  if (json === true) {
    io.stdout.write(`${JSON.stringify({ out: shown, format: to, bytes: bytes.length, input })}\n`);
    return;
  }
  writeLines(io.stdout, [
    ["written", `${shown}, ${formatBytes(bytes.length)}`],
    ...(to === "onnx" ? [["x", input] as const] : []),
    ...usageLines(model, to, shown).map((line, i) => [i === 0 ? "Python" : "", line] as const),
  ]);
}
