// The result of a run as aligned plain lines: for people to read, and plain enough to cut apart with awk.
import type { TrainResult } from "../events.ts";
import { formatAccuracy, formatCount, formatDuration, formatLoss } from "./format.ts";
import type { Terminal } from "./terminal.ts";

/** Writes one `name  value` line for each thing worth knowing. */
export function writeSummary(terminal: Terminal, result: TrainResult): void {
  const lines: readonly (readonly [name: string, value: string])[] = [
    ["train accuracy", formatAccuracy(result.trainAccuracy)],
    ["test accuracy", formatAccuracy(result.testAccuracy)],
    ["loss", formatLoss(result.loss)],
    ["time", formatDuration(result.seconds)],
    ["samples/s", formatCount(result.samplesPerSecond)],
    ["workers", String(result.workers)],
    ["seed", String(result.seed)],
    ["backend", result.backend],
    ["SHA-256", result.sha256],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  terminal.write(lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(""));
}
