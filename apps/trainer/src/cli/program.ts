// Puts the commands together into the `gradloom` program and runs it on a list of arguments.
import { Command, CommanderError } from "commander";
import { UsageError } from "../errors.ts";
import { doctorCommand } from "./doctor.ts";
import { evaluateCommand } from "./evaluate.ts";
import { explainCommand } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { gradcheckCommand } from "./gradcheck.ts";
import type { CliIo } from "./io.ts";
import { packageVersion } from "./package-version.ts";
import { planCommand } from "./plan.ts";
import { predictCommand } from "./predict.ts";
import { printError } from "./print-error.ts";
import { reportCommand } from "./report.ts";
import { trainCommand } from "./train.ts";

const EXAMPLES = `Examples:
  gradloom train                       train on MNIST with every core
  gradloom evaluate --model runs/001   what the model of a run can do
  gradloom explain                     every number of a layer, forth and back
  gradloom train --help                all options of a command
`;

/** The whole program, not yet run: tests read its options. */
export function createProgram(io: CliIo): Command {
  const program = new Command("gradloom")
    .description("Train neural networks in Node on every core.")
    .version(packageVersion(), "-V, --version", "print the version")
    .addHelpText("before", EXAMPLES);
  program.addCommand(trainCommand(io));
  program.addCommand(reportCommand(io));
  program.addCommand(evaluateCommand(io));
  program.addCommand(predictCommand(io));
  program.addCommand(exportCommand(io));
  program.addCommand(explainCommand(io));
  program.addCommand(gradcheckCommand(io));
  program.addCommand(planCommand(io));
  program.addCommand(doctorCommand(io, packageVersion()));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Errors are printed in one place, with those of the trainer.
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getOutHasColors: () => false,
    });
  }
  return program;
}

/**
 * Runs the program and reports what went wrong, if anything did.
 *
 * @returns the exit code.
 */
export async function runProgram(args: readonly string[], io: CliIo): Promise<number> {
  const program = createProgram(io);
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return printError(error, io.stderr, io.env);
    if (error.exitCode === 0) return 0;
    return printError(toUsageError(error, program, args), io.stderr, io.env);
  }
}

function toUsageError(
  error: CommanderError,
  { commands }: Command,
  [command = ""]: readonly string[],
): UsageError {
  const said = error.message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (.*)\?\)$/, ". Did you mean $1?");
  const known = commands.some((one) => one.name() === command);
  const help = known ? `gradloom ${command} --help` : "gradloom --help";
  return new UsageError(`${said}\nSee: ${help}`);
}
