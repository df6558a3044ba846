// `gradloom gradcheck`: is backpropagation right, for this net on these rows?
import { Command } from "commander";
import type { Subject } from "../gradcheck/subject.ts";
import { defaultOptions } from "../options.ts";
import type { CliIo } from "./io.ts";
import { parseList, parseNumber, parseNumberOrChoice } from "./parse-number.ts";
import {
  dataOptions,
  fromHere,
  modelOptions,
  positiveNumber,
  type RowFlags,
  wholeNumber,
} from "./row-flags.ts";

const EXAMPLES = `Examples:
  gradloom gradcheck                                  the book's net on three images of MNIST
  gradloom gradcheck --hidden 20,10 --activation sigmoid --init xavier
  gradloom gradcheck --model model.safetensors        a net that has been trained
  gradloom gradcheck --samples 1000 --rows 10         more elements, more rows
  gradloom gradcheck && echo right                    exit code 0 only if every gradient is right
`;

interface GradcheckFlags extends RowFlags {
  readonly model?: string;
  readonly hidden: readonly number[];
  readonly init: number | "he" | "xavier";
  readonly seed: number;
  readonly rows: number;
  readonly samples: number;
  readonly h: number;
  readonly bound: number;
  readonly json?: boolean;
}

/** The command, ready to be added to a program. */
export function gradcheckCommand(io: CliIo): Command {
  const { hidden, init } = defaultOptions();
  const command = new Command("gradcheck")
    .description(
      "Compare a net's gradients with central differences, in float64. Exit code 1 if they differ.",
    )
    .addHelpText("before", EXAMPLES)
    .option("--model <file>", "a saved model or the folder of its run; without it, initial weights")
    .option(
      "--hidden <n,...>",
      "without --model: widths of the hidden layers",
      (t) => parseList("hidden", t),
      [hidden].flat(),
    )
    .option("--init <x>", "without --model: as in train", (t) => parseNumberOrChoice("init", t), init)
    .option("--seed <n>", "decides the initial weights and the elements", (t) => parseNumber("seed", t), 0)
    .option("--rows <n>", "the loss is that of the first n rows", wholeNumber("--rows", 1), 3)
    .option("--samples <n>", "elements of each parameter, at most", wholeNumber("--samples", 1), 100)
    .option("--h <x>", "half the distance of the differences", positiveNumber("--h"), 1e-4)
    .option("--bound <x>", "the largest relative error that is right", positiveNumber("--bound"), 1e-7);
  return dataOptions(command)
    .option("--json", "the report as one JSON object on stdout")
    .action((flags: GradcheckFlags) => run(fromHere(flags, io), io));
}

async function run(flags: GradcheckFlags, io: CliIo): Promise<void> {
  const { model, samples, h, seed, bound, json } = flags;
  // Loaded on first use: `--help` need not wait for kernels.
  const { freshSubject, savedSubject } = await import("../gradcheck/subject.ts");
  const { checkGradients } = await import("../gradcheck/check-gradients.ts");
  const settings = await modelOptions(flags);
  const subject: Subject =
    model === undefined
      ? await freshSubject({ ...flags, ...settings, activation: flags.activation ?? "relu" })
      : await savedSubject(model, settings, flags);
  const { net, x, labels, name } = subject;
  const { report, text, error } = checkGradients({ net, x, labels, samples, h, seed, bound });
  const facts = { net: name, rows: labels.length, source: subject.source, samples, h, bound };
  if (json === true) {
    io.stdout.write(`${JSON.stringify({ ...facts, right: error === undefined, ...report })}\n`);
  } else {
    const size = labels.length === 1 ? "1 row" : `${labels.length} rows`;
    io.stdout.write(
      `${name}; ${size} of ${subject.source}; at most ${samples} elements each, h ${h}\n${text}\n`,
    );
  }
  if (error !== undefined) throw error;
}
