// What a run ran on, in a few lines.
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { formatBytes } from "../../format.ts";
import type { Facts } from "../report.ts";

/** This machine and this Node, as `ReportInput.machine` takes it. No host and no user is named. */
export function machineFacts(): Facts {
  const model = cpus()[0]?.model.trim();
  return [
    ["Processor", model === undefined || model === "" ? "not told" : model],
    ["Cores", String(availableParallelism())],
    ["Memory", formatBytes(totalmem())],
    ["System", `${type()} ${release()}, ${arch()}`],
    ["Node", process.version],
  ];
}
