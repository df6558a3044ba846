// `gradloom report`: draws the report of a run's folder again, also of a run that was stopped.
import { Command } from "commander";
import type { CliIo } from "./io.ts";
import { forUser, fromUser } from "./user-folder.ts";

const EXAMPLES = `Examples:
  gradloom report                            the newest run in runs
  gradloom report runs/001                   writes runs/001/report.html
  gradloom report runs/001 --out page.html   writes another file
`;

interface ReportFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/** The command, ready to be added to a program. */
export function reportCommand(io: CliIo): Command {
  return new Command("report")
    .description("Draw the report of a run: curves, classes, mistakes, weights, in one HTML file.")
    .addHelpText("before", EXAMPLES)
    .argument("[folder]", "a run's folder; without it, the newest in runs")
    .option("--out <file>", "where the report goes; without it, report.html in the run's folder")
    .option("--json", "the run and its report, as one JSON object on stdout")
    .action((folder: string | undefined, flags: ReportFlags) => runReport(folder, flags, io));
}

async function runReport(given: string | undefined, { out, json }: ReportFlags, io: CliIo): Promise<void> {
  const here = (path: string): string => fromUser(path, io.cwd, io.env);
  // Loaded on first use, as the readers below.
  const { newestRun } = await import("../run-folder/newest-run.ts");
  const { reportOfRun } = await import("../run-folder/report-of-run.ts");
  const folder = given === undefined ? await newestRun(here("runs"), "gradloom report") : here(given);
  const path = await reportOfRun(folder, out === undefined ? undefined : here(out));
  const shown = forUser(path, io.cwd, io.env);
  if (json !== true) io.stdout.write(`${shown}\n`);
  else io.stdout.write(`${JSON.stringify({ run: forUser(folder, io.cwd, io.env), out: shown })}\n`);
}
