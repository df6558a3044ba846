// What a measurement depends on besides the code: the processor, the runtime, the version, and who else is busy.
import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly v8: string;
  /** Short hash, with "+ changes" when the working tree differs from it; undefined outside a git checkout. */
  readonly commit: string | undefined;
  /** Mean number of running programs in the last minute, before the measurement. */
  readonly load: number;
}

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    v8: process.versions.v8,
    commit: commit(),
    load: loadNow(),
  };
}

/** Mean number of running programs in the last minute. */
export function loadNow(): number {
  return loadavg()[0] ?? Number.NaN;
}

export function describeMachine({ cpu, cores, memoryGiB, node, v8, commit, load }: Machine): string {
  const busy = load > 0.5 ? "  <- the machine is busy: the figures below will not hold" : "";
  return [
    `cpu     ${cpu}, ${cores} core${cores === 1 ? "" : "s"}, ${memoryGiB} GiB`,
    `node    ${node} (V8 ${v8})`,
    `commit  ${commit ?? "unknown"}`,
    `load    ${load.toFixed(2)}${busy}`,
  ].join("\n");
}

function commit(): string | undefined {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8", stdio: "pipe" }).trim();
  try {
    const hash = git("rev-parse", "--short", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no") === "" ? hash : `${hash} + changes`;
  } catch {
    return undefined;
  }
}
