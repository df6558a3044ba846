// The result of a run as aligned plain lines.
import type { TrainResult } from "../events.ts";
import { MODEL_FILE, REPORT_FILE } from "../run-folder/run-files.ts";
import { formatAccuracy, formatCount, formatDuration, formatLoss } from "./format.ts";
import { writeLines } from "./lines.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Writes one `name  value` line for each thing worth knowing.
 *
 * @param folder of the run, as the user would write it
 */
export function writeSummary(terminal: Terminal, result: TrainResult, folder?: string): void {
  const profile = Object.entries(result.profile ?? {});
  const step = profile.reduce((sum, [, microseconds]) => sum + microseconds, 0);
  writeLines(terminal, [
    ["train accuracy", formatAccuracy(result.trainAccuracy)],
    ["test accuracy", formatAccuracy(result.testAccuracy)],
    ["loss", formatLoss(result.loss)],
    ["time", formatDuration(result.seconds)],
    ["samples/s", formatCount(result.samplesPerSecond)],
    ["workers", String(result.workers)],
    ["seed", String(result.seed)],
    ["backend", result.backend],
    ["SHA-256", result.sha256],
    ...(folder === undefined ? [] : filesOf(folder)),
    ...profile.map(
      ([phase, microseconds]) =>
        [
          `step: ${phase}`,
          `${microseconds.toFixed(1)} µs, ${((100 * microseconds) / step).toFixed(1)} %`,
        ] as const,
    ),
  ]);
}

function filesOf(folder: string): readonly (readonly [string, string])[] {
  return [
    ["model", `${folder}/${MODEL_FILE}`],
    ["report", `${folder}/${REPORT_FILE}`],
  ];
}
