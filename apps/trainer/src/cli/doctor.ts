// `gradloom doctor`: what this machine offers, and what would make training faster.
import { Command } from "commander";
import { writeLines } from "../report/lines.ts";
import type { CliIo } from "./io.ts";

const EXAMPLES = `Examples:
  gradloom doctor               what this machine offers, and what would make it faster
  gradloom doctor --json        the same for programs, or to attach to a question
`;

/** The command, ready to be added to a program. */
export function doctorCommand(io: CliIo, version: string): Command {
  return new Command("doctor")
    .description("Say what this machine offers for training: cores, memory, instructions, speed, libraries.")
    .addHelpText("before", EXAMPLES)
    .option("--json", "everything as one JSON object on stdout")
    .action(async ({ json }: { readonly json?: boolean }) => {
      // Loaded on first use: `--help` need not wait for kernels.
      const { examine } = await import("../doctor/examine.ts");
      const { adviceFor } = await import("../doctor/advice.ts");
      const { machineLines } = await import("../doctor/machine-text.ts");
      const machine = await examine(version, io.env);
      if (json === true) io.stdout.write(`${JSON.stringify({ ...machine, advice: adviceFor(machine) })}\n`);
      else writeLines(io.stdout, machineLines(machine));
    });
}
