// The machine's own Node, as users of the published packages have it: not the one this workspace pins.
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface MachineNode {
  readonly path: string;
  /** As `node --version` prints it. */
  readonly version: string;
}

/** The first `node` on PATH outside node_modules, or undefined when the pinned one is the only one. */
export function machineNode(): MachineNode | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder === "" || folder.includes("node_modules")) continue;
    const path = join(folder, process.platform === "win32" ? "node.exe" : "node");
    try {
      accessSync(path, constants.X_OK);
      return { path, version: execFileSync(path, ["--version"], { encoding: "utf8" }).trim() };
    } catch {
      // Not in this folder: look in the next.
    }
  }
  return undefined;
}
