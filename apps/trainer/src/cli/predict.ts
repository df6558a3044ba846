// `gradloom predict`: the class of each row or image, by a saved model.
import { Command } from "commander";
import type { CliIo } from "./io.ts";
import {
  formatOptions,
  fromHere,
  modelOptions,
  type RowFlags,
  requireModel,
  wholeNumber,
} from "./row-flags.ts";
import { fromUser } from "./user-folder.ts";

const EXAMPLES = `Examples:
  gradloom predict --model model.safetensors digit.png         one image
  gradloom predict --model model.safetensors scans/*.png       many
  gradloom predict --model iris.safetensors new.csv > out.csv  rows of a table
  gradloom predict --model iris.safetensors - < new.csv        the same from standard input
  gradloom predict --model model.safetensors --top 3 --json x.npy
`;

interface PredictFlags extends RowFlags {
  readonly model?: string;
  readonly top?: number;
  readonly json?: boolean;
}

/** Written at once: a write for every row would be slow, all rows in one text large. */
const LINES_AT_ONCE = 1000;

/** The command, ready to be added to a program. */
export function predictCommand(io: CliIo): Command {
  const command = new Command("predict")
    .description("Print class and probabilities of each row or image, as CSV or JSON Lines on stdout.")
    .addHelpText("before", EXAMPLES)
    .argument("<file...>", ".csv, .npy, .npz, IDX, .png or .pgm files; - is CSV from standard input")
    .option("--model <file>", "a model.safetensors, or the folder of the run that has left it")
    .option("--top <k>", "only the k likeliest classes, likeliest first", wholeNumber("--top", 1));
  return formatOptions(command)
    .option("--json", "JSON Lines instead of CSV")
    .action((files: readonly string[], flags: PredictFlags) => run(files, fromHere(flags, io), io));
}

async function run(files: readonly string[], flags: PredictFlags, io: CliIo): Promise<void> {
  const file = requireModel(flags.model, "predict");
  // Loaded on first use: `--help` need not wait for kernels.
  const { openModel } = await import("../evaluate/open-model.ts");
  const { readStandardInput, rowsToPredict, STDIN } = await import("../predict/rows-to-predict.ts");
  const { predictRows } = await import("../predict/predict-rows.ts");
  const { csvFormat, jsonFormat } = await import("../predict/prediction-lines.ts");
  const model = await openModel(file, await modelOptions(flags));
  const paths = files.map((path) => (path === STDIN ? path : fromUser(path, io.cwd, io.env)));
  const rows = await rowsToPredict(paths, model, flags, readStandardInput);
  const { classNames } = model.card;
  const format = flags.json === true ? jsonFormat(classNames, flags.top) : csvFormat(classNames, flags.top);
  let text = format.header;
  let lines = 0;
  for (const prediction of predictRows(model, rows)) {
    text += format.line(prediction);
    lines++;
    if (lines % LINES_AT_ONCE !== 0) continue;
    io.stdout.write(text);
    text = "";
  }
  if (text !== "") io.stdout.write(text);
}
