// A launcher's job of several ranks of `gradloom train`: started, watched, and hurt where a test wants it.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const MAIN: string = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** Marks the processes of a job. */
const MARK = "GRADLOOM_TEST_JOB";
const RANKS = ["OMPI_COMM_WORLD_RANK", "PMI_RANK"];

/** The command of one rank. */
export function rankCommand(args: readonly string[], main: string = MAIN): readonly string[] {
  return [process.execPath, "--conditions=@gradloom/source", main, ...args];
}

export class Job {
  readonly child: ChildProcess;
  /** What the launcher and all ranks have written so far. */
  output = "";
  readonly #mark: string;
  readonly #closed: Promise<unknown[]>;

  constructor(command: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
    this.#mark = randomUUID();
    const [file = "", ...args] = command;
    this.child = spawn(file, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        OMPI_ALLOW_RUN_AS_ROOT: "1",
        OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1",
        NODE_NO_WARNINGS: "1",
        ...env,
        [MARK]: this.#mark,
      },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    this.#closed = once(this.child, "close");
    onTestFinished(() => this.destroy());
  }

  /** The launcher's exit code; null when a signal has ended it. */
  async ended(): Promise<number | null> {
    await this.#closed;
    return this.child.exitCode;
  }

  /** Waits until no rank lives any more: some launchers do not. */
  async allGone(): Promise<void> {
    for (let looks = 0; looks < 300 && this.ranks().size > 0; looks++)
      await new Promise((resolve) => setTimeout(resolve, 100));
  }

  /** The living processes of the job, by rank. */
  ranks(): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (const [pid, env] of this.#processes()) {
      const rank = RANKS.map((name) => env.get(name)).find((value) => value !== undefined);
      if (rank !== undefined && isNode(pid)) found.set(Number(rank), Number(pid));
    }
    return found;
  }

  /** The launcher's own helpers too. */
  #processes(): (readonly [string, Map<string, string>])[] {
    return readdirSync("/proc")
      .filter((name) => /^[0-9]+$/.test(name))
      .map((pid) => [pid, environmentOf(pid)] as const)
      .filter(([, env]) => env.get(MARK) === this.#mark);
  }

  signalRank(rank: number, signal: NodeJS.Signals): void {
    const pid = this.ranks().get(rank);
    if (pid === undefined) throw new Error(`there is no rank ${rank}:\n${this.output}`);
    process.kill(pid, signal);
  }

  /** Ends what is left, also when the launcher is stuck. */
  destroy(): void {
    for (const [pid] of this.#processes()) {
      try {
        process.kill(Number(pid), "SIGKILL");
      } catch {
        // Gone meanwhile.
      }
    }
  }
}

/** Waits until something is so. @throws Error with the job's output when it has not become so in time. */
export async function until(job: Job, isSo: () => boolean, seconds = 30): Promise<void> {
  for (const end = performance.now() + seconds * 1000; !isSo(); ) {
    if (performance.now() > end || job.child.exitCode !== null)
      throw new Error(`never came to it:\n${job.output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The SHA-256 that a run has printed. */
export function hashOf(output: string): string | undefined {
  return /SHA-256 +([0-9a-f]{64})/.exec(output)?.[1];
}

function environmentOf(pid: string): Map<string, string> {
  try {
    const text = readFileSync(`/proc/${pid}/environ`, "utf8");
    return new Map(
      text.split("\0").map((line): [string, string] => {
        const [name = "", ...value] = line.split("=");
        return [name, value.join("=")];
      }),
    );
  } catch {
    return new Map(); // gone meanwhile, or not ours
  }
}

/** Launchers start shells and proxies beside. */
function isNode(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--conditions=@gradloom/source");
  } catch {
    return false;
  }
}
