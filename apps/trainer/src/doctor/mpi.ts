// Looks for an MPI launcher on the PATH and asks it for its version.
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Environment } from "../report/terminal.ts";
import type { Mpi } from "./machine.ts";

const LAUNCHERS = ["mpirun", "mpiexec"];
const PATIENCE_MS = 2000;

/** The first launcher found; null when there is none. */
export async function findMpi(env: Environment): Promise<Mpi | null> {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const command = LAUNCHERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(mayRun);
  if (command === undefined) return null;
  try {
    const { stdout } = await promisify(execFile)(command, ["--version"], { timeout: PATIENCE_MS });
    const [line = ""] = stdout.trim().split("\n");
    return { command, version: line === "" ? null : line };
  } catch {
    return { command, version: null };
  }
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
