// Errors for people: the message, what caused it, and the stack only where it helps.
import { TrainerError, WorkerLostError } from "../errors.ts";
import type { Environment, Terminal } from "../report/terminal.ts";

const MOST_CAUSES = 5;

/** Writes an error and returns the exit code it asks for. */
export function printError(error: unknown, stderr: Terminal, env: Environment): number {
  if (error instanceof TrainerError && error.isTold) return error.exitCode;
  // Exit code 1 alone does not tell a fault: a gradient check that fails has it too, and says so in its own words.
  const expected = error instanceof TrainerError && error.name !== "TrainerError";
  const lines = [`gradloom: ${expected ? "" : "internal error: "}${messageOf(error)}`];
  for (const cause of causesOf(error)) {
    // Some messages quote their cause: once is enough.
    if (!messageOf(error).includes(messageOf(cause)))
      lines.push(`  caused by ${nameOf(cause)}: ${messageOf(cause)}`);
  }
  if (error instanceof WorkerLostError && error.cause instanceof Error && error.cause.stack) {
    lines.push(error.cause.stack);
  }
  if (!expected)
    lines.push("This is a fault in gradloom, not in what you did. Please report it with these lines.");
  if (!expected || (env.GRADLOOM_DEBUG ?? "") !== "") lines.push(...stacksOf(error));
  stderr.write(`${lines.join("\n")}\n`);
  return exitCodeOf(error);
}

/** 1 for anything that is not one of the trainer's own errors. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TrainerError ? error.exitCode : 1;
}

// A chain of causes may be a ring.
function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  let next = error instanceof Error ? error.cause : undefined;
  while (next !== undefined && causes.length < MOST_CAUSES && !causes.includes(next) && next !== error) {
    causes.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return causes;
}

function stacksOf(error: unknown): readonly string[] {
  return [error, ...causesOf(error)].flatMap((one) => (one instanceof Error && one.stack ? [one.stack] : []));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "Error";
}
