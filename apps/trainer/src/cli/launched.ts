// A command that a launcher such as mpirun has started several times: every rank does its part, the first one speaks.
import { TrainerError, UsageError } from "../errors.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";
import type { Environment, Terminal } from "../report/terminal.ts";
import type { CliIo } from "./io.ts";
import { exitCodeOf, printError } from "./print-error.ts";

/** Ends a rank whose error the first one has told. */
export class ToldElsewhereError extends TrainerError {
  override readonly name = "ToldElsewhereError";
  override readonly exitCode: number;
  override readonly isTold = true;

  constructor(error: unknown) {
    super("told already, by the first rank", { cause: error });
    this.exitCode = exitCodeOf(error);
  }
}

/** Any of these means that there may be a launcher; what it is, the package for it finds out. */
const SIGNS = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMI_RANK", "PMIX_RANK", "SLURM_STEP_NUM_TASKS"];

/**
 * Does the work with the other ranks, if there are any, and leaves them in good order: those that have failed by
 * themselves end all others at once, since none of them could go on.
 * @throws what the work throws; UsageError when MPI cannot be called.
 */
export async function amongRanks(
  io: CliIo,
  work: (io: CliIo, ranks: Ranks | undefined) => Promise<void>,
): Promise<void> {
  const ranks = await joined(io.env);
  if (ranks === undefined) return await work(io, undefined);
  const { world } = ranks;
  const isFirst = world.rank === 0;
  const { isAgreed } = await import("../parallel/ranks/agreed.ts");
  try {
    await work(isFirst ? io : { ...io, stdout: silent(io.stdout), stderr: silent(io.stderr) }, ranks);
  } catch (error) {
    if (world.size > 1 && !isAgreed(error)) {
      const told = world.rank === 0 ? io.stderr : prefixed(io.stderr, `rank ${world.rank}: `);
      world.abort(printError(error, told, io.env));
    }
    // Told before anybody leaves: launchers end what is left of a job when a rank leaves with an error.
    if (isFirst) printError(error, io.stderr, io.env);
    await ranks.leave();
    throw new ToldElsewhereError(error);
  }
  await ranks.leave();
}

async function joined(env: Environment): Promise<Ranks | undefined> {
  if (!SIGNS.some((name) => (env[name] ?? "") !== "")) return undefined;
  const { Ranks: Joined } = await import("../parallel/ranks/ranks.ts");
  const { CollectiveError } = await import("@gradloom/collective");
  try {
    return Joined.join(env);
  } catch (cause) {
    if (cause instanceof CollectiveError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

function silent(terminal: Terminal): Terminal {
  return { isTTY: false, columns: terminal.columns, write: () => true };
}

function prefixed(terminal: Terminal, prefix: string): Terminal {
  return { isTTY: false, write: (text) => terminal.write(`${prefix}${text}`) };
}
