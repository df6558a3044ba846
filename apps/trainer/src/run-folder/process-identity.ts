// Tells one process from another that got the same number later: by when it was started, where the system says so.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process, on one machine, since one boot. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The boot and the tick it was started at; left out where there is no /proc. */
  readonly started?: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return identityOf(process.pid);
}

/** What became of a process that was recorded earlier. */
export type Fate = "running" | "gone" | "another machine's";

/** Whether that process still runs; a process of the same number that was started at another time is another one. */
export function fateOf(recorded: ProcessIdentity): Fate {
  if (recorded.host !== hostname()) return "another machine's";
  if (!exists(recorded.pid)) return "gone";
  const { started } = identityOf(recorded.pid);
  const other = started !== undefined && recorded.started !== undefined && started !== recorded.started;
  return other ? "gone" : "running";
}

function identityOf(pid: number): ProcessIdentity {
  const started = startOf(pid);
  return { pid, host: hostname(), ...(started === undefined ? {} : { started }) };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process cannot be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

// Field 22 of stat is the start in ticks since boot; field 2, the name, may hold spaces and parentheses (man 5 proc).
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? undefined : `${boot}/${ticks}`;
  } catch {
    return undefined;
  }
}
