// The Nodes that the packages are tried on: the one this workspace pins, and the machine's own.
import { machineNode } from "../machine-node/machine-node.ts";

const own = machineNode();

export const RUNTIMES: readonly { readonly path: string; readonly version: string }[] = [
  { path: process.execPath, version: process.version },
  ...(own === undefined || own.version === process.version ? [] : [own]),
];

/** The environment of a program of its own: nothing of the test runner's. */
export const PLAIN_ENV: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: "" };
