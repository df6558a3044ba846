// Runs a node program under strace: which calls it makes on the files of one folder, and what if it is killed in one.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "./data-folder.ts";

/** A program and where it runs; a process of its own for every trace. */
export interface Program {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** The `nth` system call of a name that one thread makes on the folder: strace counts them so. */
export interface Call {
  readonly name: string;
  readonly nth: number;
}

/** How a traced process ended, and the calls that it made, in order. */
export interface Traced {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly calls: readonly Call[];
}

/** Stands for the process's number in a temporary file's name. */
const PID = "<pid>";

export const hasStrace: boolean = spawnSync("strace", ["-V"]).status === 0;

/** Every path at or below `folder`, which has to be absolute, that a program names in a system call. */
export function pathsTouched(folder: string, program: Program): readonly string[] {
  const { log, pid } = strace(["-e", "trace=%file"], program);
  const named = [...log.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = ""]) => path);
  const below = named.filter((path) => path === folder || path.startsWith(`${folder}/`));
  return [...new Set(below.map((path) => path.replace(`.${pid}.tmp`, `.${PID}.tmp`)))];
}

/** Traces all calls on `paths`; `inject` is what strace does in one of them: "signal=SIGKILL", "error=EIO". */
export function traced(
  paths: readonly string[],
  program: Program,
  inject?: { readonly what: string; readonly at: Call },
): Traced {
  const tamper =
    inject === undefined ? [] : ["-e", `inject=${inject.at.name}:${inject.what}:when=${inject.at.nth}`];
  const { log, ...ended } = strace([...paths.flatMap((path) => ["-P", path]), ...tamper], program);
  return { ...ended, calls: callsOf(log) };
}

function strace(options: readonly string[], { args, cwd }: Program) {
  const logFile = join(folderOf({}), "log");
  const words = ["-D", "-f", "-o", logFile, ...options, process.execPath, ...args];
  // -D: the traced process is the shell's own, so that its number, and with it its temporary files, is known before.
  const command = `exec strace ${words.map((word) => `'${word.replace(PID, () => "'$$'")}'`).join(" ")}`;
  // One thread in the pool makes nearly all calls, one after the other.
  const env = { ...process.env, UV_THREADPOOL_SIZE: "1", NODE_NO_WARNINGS: "1" };
  const { pid, status, signal, stderr } = spawnSync("sh", ["-c", command], { cwd, env, encoding: "utf8" });
  return { pid, status, signal, stderr, log: readFileSync(logFile, "utf8") };
}

function callsOf(log: string): readonly Call[] {
  const seen = new Map<string, number>();
  return [...log.matchAll(/^(\d+) +([a-z]\w*)\(/gm)].map(([, thread, name = ""]) => {
    const nth = (seen.get(`${thread} ${name}`) ?? 0) + 1;
    seen.set(`${thread} ${name}`, nth);
    return { name, nth };
  });
}
