#!/usr/bin/env node
// The `gradloom` command: hands the process over to the program and takes its exit code.
import { runProgram } from "./cli/program.ts";

// Disk full, or nobody reads on (gradloom … | head): more output is pointless, and so is the rest of the run.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`gradloom: cannot write the output: ${error.message}\n`);
  process.exit(5);
});
process.stderr.on("error", () => {});

process.exitCode = await runProgram(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signals: process,
  loadTrain: async () => (await import("./train.ts")).train,
});
